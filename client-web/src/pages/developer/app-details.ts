/** What the pages of an app know of it, and the one way in which they change it. */
import { graphql } from '../../graphql/generated/gql.ts';
import type { AppByIdQuery } from '../../graphql/generated/graphql.ts';

graphql(/* GraphQL */ `
  fragment AppFields on App {
    id
    clientId
    name
    type
    origin
    createdAt
    updatedAt
    owner {
      id
    }
    trusted
    homepageUri
    logoUri
    policyUri
    tosUri
    contacts
    softwareId
    softwareVersion
    redirectUris
    grantTypes
    scopes
    apis {
      identifier
      name
      scopes
    }
    requirePkce
    requirePushedAuthorizationRequests
    requireSignedRequestObject
    initiateLoginUri
    defaultMaxAge
    subjectType
    sectorIdentifierUri
    profile
    idTokenSignedResponseAlg
    userinfoSignedResponseAlg
    dpopBoundAccessTokens
    accessTokenLifetime
    idTokenLifetime
    refreshTokenLifetime
    refreshFamilyLifetime
    authMethod
    jwks
    jwksUri
    tokenEndpointAuthSigningAlg
    requestObjectSigningAlg
    postLogoutRedirectUris
    backchannelLogoutUri
    backchannelLogoutSessionRequired
    frontchannelLogoutUri
    frontchannelLogoutSessionRequired
    secrets {
      id
      hint
      createdAt
      expiresAt
    }
  }
`);

export const AppById = graphql(/* GraphQL */ `
  query AppById($id: ID!) {
    app(id: $id) {
      ...AppFields
    }
  }
`);

export const UpdateApp = graphql(/* GraphQL */ `
  mutation UpdateApp($input: UpdateAppInput!) {
    updateApp(input: $input) {
      app {
        ...AppFields
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

export type AppDetails = NonNullable<AppByIdQuery['app']>;
