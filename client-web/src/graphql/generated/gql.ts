/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query ConnectedApps($after: String) {\n    me {\n      id\n      connectedApps(first: 20, after: $after) {\n        nodes {\n          id\n          createdAt\n          lastUsedAt\n          app {\n            id\n            clientId\n            name\n            homepageUri\n          }\n          scopes {\n            name\n            api\n            reads\n            changes\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ConnectedAppsDocument,
    "\n  mutation RevokeConnectedApp($input: RevokeConnectedAppInput!) {\n    revokeConnectedApp(input: $input) {\n      revokedConnectedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.RevokeConnectedAppDocument,
    "\n  mutation SendEmailConfirmation($input: SendEmailConfirmationInput!) {\n    sendEmailConfirmation(input: $input) {\n      user {\n        id\n        emailVerified\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.SendEmailConfirmationDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      user {\n        ...ProfileFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.UpdateProfileDocument,
    "\n  fragment ProfileFields on User {\n    id\n    name\n    givenName\n    middleName\n    familyName\n    displayName\n    nickname\n    birthdate\n    gender\n    website\n    profileUrl\n    pictureUrl\n    phoneNumber\n    address {\n      streetAddress\n      postalCode\n      locality\n      region\n      country\n      formatted\n    }\n    locale\n    zoneinfo\n  }\n": typeof types.ProfileFieldsFragmentDoc,
    "\n  query Profile {\n    me {\n      ...ProfileFields\n      username\n      createdAt\n      roles\n      email\n      emailVerified\n    }\n  }\n": typeof types.ProfileDocument,
    "\n  query Sessions($after: String) {\n    me {\n      id\n      sessions(first: 20, after: $after) {\n        nodes {\n          id\n          current\n          browser\n          address\n          authenticatedAt\n          lastUsedAt\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.SessionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.EndSessionDocument,
    "\n  query AllApps($after: String, $search: String) {\n    apps(first: 20, after: $after, owned: false, search: $search) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        trusted\n        createdAt\n        owner {\n          id\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.AllAppsDocument,
    "\n  mutation SetTrusted($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        id\n        trusted\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.SetTrustedDocument,
    "\n  fragment ApiFields on Api {\n    id\n    identifier\n    name\n    scopes {\n      name\n      description\n    }\n    accessTokenSigningAlg\n    accessTokenLifetime\n    createdAt\n  }\n": typeof types.ApiFieldsFragmentDoc,
    "\n  query ApiById($id: ID!) {\n    api(id: $id) {\n      ...ApiFields\n    }\n  }\n": typeof types.ApiByIdDocument,
    "\n  mutation UpdateApi($input: UpdateApiInput!) {\n    updateApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.UpdateApiDocument,
    "\n  mutation DeleteApi($input: DeleteApiInput!) {\n    deleteApi(input: $input) {\n      deletedApiId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.DeleteApiDocument,
    "\n  query Apis($after: String) {\n    apis(first: 20, after: $after) {\n      nodes {\n        id\n        identifier\n        name\n        createdAt\n        scopes {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ApisDocument,
    "\n  mutation RegisterApi($input: RegisterApiInput!) {\n    registerApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.RegisterApiDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.CreateUserDocument,
    "\n  query RegistrationTokens($after: String) {\n    registrationTokens(first: 20, after: $after) {\n      nodes {\n        id\n        name\n        usesLeft\n        createdAt\n        expiresAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.RegistrationTokensDocument,
    "\n  mutation CreateRegistrationToken($input: CreateRegistrationTokenInput!) {\n    createRegistrationToken(input: $input) {\n      registrationToken {\n        id\n      }\n      token\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.CreateRegistrationTokenDocument,
    "\n  mutation RevokeRegistrationToken($input: RevokeRegistrationTokenInput!) {\n    revokeRegistrationToken(input: $input) {\n      revokedRegistrationTokenId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.RevokeRegistrationTokenDocument,
    "\n  mutation LockUser($input: LockUserInput!) {\n    lockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.LockUserDocument,
    "\n  mutation UnlockUser($input: UnlockUserInput!) {\n    unlockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.UnlockUserDocument,
    "\n  mutation SetUserRoles($input: SetUserRolesInput!) {\n    setUserRoles(input: $input) {\n      user {\n        id\n        roles\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.SetUserRolesDocument,
    "\n  query Users($after: String, $search: String) {\n    me {\n      id\n    }\n    users(first: 20, after: $after, search: $search) {\n      nodes {\n        id\n        username\n        name\n        email\n        emailVerified\n        roles\n        lockedAt\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.UsersDocument,
    "\n  query RegisteredApis {\n    apis(first: 100) {\n      nodes {\n        id\n        identifier\n        name\n        scopes {\n          name\n          description\n        }\n      }\n    }\n  }\n": typeof types.RegisteredApisDocument,
    "\n  fragment AppFields on App {\n    id\n    clientId\n    name\n    type\n    origin\n    createdAt\n    updatedAt\n    owner {\n      id\n    }\n    trusted\n    homepageUri\n    logoUri\n    policyUri\n    tosUri\n    contacts\n    softwareId\n    softwareVersion\n    redirectUris\n    grantTypes\n    scopes\n    apis {\n      identifier\n      name\n      scopes\n    }\n    requirePkce\n    requirePushedAuthorizationRequests\n    requireSignedRequestObject\n    initiateLoginUri\n    defaultMaxAge\n    subjectType\n    sectorIdentifierUri\n    profile\n    idTokenSignedResponseAlg\n    userinfoSignedResponseAlg\n    dpopBoundAccessTokens\n    accessTokenLifetime\n    idTokenLifetime\n    refreshTokenLifetime\n    refreshFamilyLifetime\n    authMethod\n    jwks\n    jwksUri\n    tokenEndpointAuthSigningAlg\n    requestObjectSigningAlg\n    postLogoutRedirectUris\n    backchannelLogoutUri\n    backchannelLogoutSessionRequired\n    frontchannelLogoutUri\n    frontchannelLogoutSessionRequired\n    secrets {\n      id\n      hint\n      createdAt\n      expiresAt\n    }\n  }\n": typeof types.AppFieldsFragmentDoc,
    "\n  query AppById($id: ID!) {\n    app(id: $id) {\n      ...AppFields\n    }\n  }\n": typeof types.AppByIdDocument,
    "\n  mutation UpdateApp($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        ...AppFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.UpdateAppDocument,
    "\n  query OwnApps($after: String) {\n    apps(first: 20, after: $after, owned: true) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.OwnAppsDocument,
    "\n  mutation RotateAppSecret($input: RotateAppSecretInput!) {\n    rotateAppSecret(input: $input) {\n      app {\n        id\n        secrets {\n          id\n          hint\n          createdAt\n          expiresAt\n        }\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.RotateAppSecretDocument,
    "\n  mutation DeleteApp($input: DeleteAppInput!) {\n    deleteApp(input: $input) {\n      deletedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.DeleteAppDocument,
    "\n  mutation RegisterApp($input: RegisterAppInput!) {\n    registerApp(input: $input) {\n      app {\n        id\n        clientId\n        name\n        type\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.RegisterAppDocument,
    "\n  query Viewer {\n    me {\n      id\n      name\n      username\n      email\n      roles\n    }\n  }\n": typeof types.ViewerDocument,
};
const documents: Documents = {
    "\n  query ConnectedApps($after: String) {\n    me {\n      id\n      connectedApps(first: 20, after: $after) {\n        nodes {\n          id\n          createdAt\n          lastUsedAt\n          app {\n            id\n            clientId\n            name\n            homepageUri\n          }\n          scopes {\n            name\n            api\n            reads\n            changes\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.ConnectedAppsDocument,
    "\n  mutation RevokeConnectedApp($input: RevokeConnectedAppInput!) {\n    revokeConnectedApp(input: $input) {\n      revokedConnectedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.RevokeConnectedAppDocument,
    "\n  mutation SendEmailConfirmation($input: SendEmailConfirmationInput!) {\n    sendEmailConfirmation(input: $input) {\n      user {\n        id\n        emailVerified\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.SendEmailConfirmationDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      user {\n        ...ProfileFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.UpdateProfileDocument,
    "\n  fragment ProfileFields on User {\n    id\n    name\n    givenName\n    middleName\n    familyName\n    displayName\n    nickname\n    birthdate\n    gender\n    website\n    profileUrl\n    pictureUrl\n    phoneNumber\n    address {\n      streetAddress\n      postalCode\n      locality\n      region\n      country\n      formatted\n    }\n    locale\n    zoneinfo\n  }\n": types.ProfileFieldsFragmentDoc,
    "\n  query Profile {\n    me {\n      ...ProfileFields\n      username\n      createdAt\n      roles\n      email\n      emailVerified\n    }\n  }\n": types.ProfileDocument,
    "\n  query Sessions($after: String) {\n    me {\n      id\n      sessions(first: 20, after: $after) {\n        nodes {\n          id\n          current\n          browser\n          address\n          authenticatedAt\n          lastUsedAt\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.SessionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.EndSessionDocument,
    "\n  query AllApps($after: String, $search: String) {\n    apps(first: 20, after: $after, owned: false, search: $search) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        trusted\n        createdAt\n        owner {\n          id\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.AllAppsDocument,
    "\n  mutation SetTrusted($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        id\n        trusted\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.SetTrustedDocument,
    "\n  fragment ApiFields on Api {\n    id\n    identifier\n    name\n    scopes {\n      name\n      description\n    }\n    accessTokenSigningAlg\n    accessTokenLifetime\n    createdAt\n  }\n": types.ApiFieldsFragmentDoc,
    "\n  query ApiById($id: ID!) {\n    api(id: $id) {\n      ...ApiFields\n    }\n  }\n": types.ApiByIdDocument,
    "\n  mutation UpdateApi($input: UpdateApiInput!) {\n    updateApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.UpdateApiDocument,
    "\n  mutation DeleteApi($input: DeleteApiInput!) {\n    deleteApi(input: $input) {\n      deletedApiId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.DeleteApiDocument,
    "\n  query Apis($after: String) {\n    apis(first: 20, after: $after) {\n      nodes {\n        id\n        identifier\n        name\n        createdAt\n        scopes {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ApisDocument,
    "\n  mutation RegisterApi($input: RegisterApiInput!) {\n    registerApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.RegisterApiDocument,
    "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.CreateUserDocument,
    "\n  query RegistrationTokens($after: String) {\n    registrationTokens(first: 20, after: $after) {\n      nodes {\n        id\n        name\n        usesLeft\n        createdAt\n        expiresAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.RegistrationTokensDocument,
    "\n  mutation CreateRegistrationToken($input: CreateRegistrationTokenInput!) {\n    createRegistrationToken(input: $input) {\n      registrationToken {\n        id\n      }\n      token\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.CreateRegistrationTokenDocument,
    "\n  mutation RevokeRegistrationToken($input: RevokeRegistrationTokenInput!) {\n    revokeRegistrationToken(input: $input) {\n      revokedRegistrationTokenId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.RevokeRegistrationTokenDocument,
    "\n  mutation LockUser($input: LockUserInput!) {\n    lockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.LockUserDocument,
    "\n  mutation UnlockUser($input: UnlockUserInput!) {\n    unlockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.UnlockUserDocument,
    "\n  mutation SetUserRoles($input: SetUserRolesInput!) {\n    setUserRoles(input: $input) {\n      user {\n        id\n        roles\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.SetUserRolesDocument,
    "\n  query Users($after: String, $search: String) {\n    me {\n      id\n    }\n    users(first: 20, after: $after, search: $search) {\n      nodes {\n        id\n        username\n        name\n        email\n        emailVerified\n        roles\n        lockedAt\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.UsersDocument,
    "\n  query RegisteredApis {\n    apis(first: 100) {\n      nodes {\n        id\n        identifier\n        name\n        scopes {\n          name\n          description\n        }\n      }\n    }\n  }\n": types.RegisteredApisDocument,
    "\n  fragment AppFields on App {\n    id\n    clientId\n    name\n    type\n    origin\n    createdAt\n    updatedAt\n    owner {\n      id\n    }\n    trusted\n    homepageUri\n    logoUri\n    policyUri\n    tosUri\n    contacts\n    softwareId\n    softwareVersion\n    redirectUris\n    grantTypes\n    scopes\n    apis {\n      identifier\n      name\n      scopes\n    }\n    requirePkce\n    requirePushedAuthorizationRequests\n    requireSignedRequestObject\n    initiateLoginUri\n    defaultMaxAge\n    subjectType\n    sectorIdentifierUri\n    profile\n    idTokenSignedResponseAlg\n    userinfoSignedResponseAlg\n    dpopBoundAccessTokens\n    accessTokenLifetime\n    idTokenLifetime\n    refreshTokenLifetime\n    refreshFamilyLifetime\n    authMethod\n    jwks\n    jwksUri\n    tokenEndpointAuthSigningAlg\n    requestObjectSigningAlg\n    postLogoutRedirectUris\n    backchannelLogoutUri\n    backchannelLogoutSessionRequired\n    frontchannelLogoutUri\n    frontchannelLogoutSessionRequired\n    secrets {\n      id\n      hint\n      createdAt\n      expiresAt\n    }\n  }\n": types.AppFieldsFragmentDoc,
    "\n  query AppById($id: ID!) {\n    app(id: $id) {\n      ...AppFields\n    }\n  }\n": types.AppByIdDocument,
    "\n  mutation UpdateApp($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        ...AppFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.UpdateAppDocument,
    "\n  query OwnApps($after: String) {\n    apps(first: 20, after: $after, owned: true) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.OwnAppsDocument,
    "\n  mutation RotateAppSecret($input: RotateAppSecretInput!) {\n    rotateAppSecret(input: $input) {\n      app {\n        id\n        secrets {\n          id\n          hint\n          createdAt\n          expiresAt\n        }\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.RotateAppSecretDocument,
    "\n  mutation DeleteApp($input: DeleteAppInput!) {\n    deleteApp(input: $input) {\n      deletedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.DeleteAppDocument,
    "\n  mutation RegisterApp($input: RegisterAppInput!) {\n    registerApp(input: $input) {\n      app {\n        id\n        clientId\n        name\n        type\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.RegisterAppDocument,
    "\n  query Viewer {\n    me {\n      id\n      name\n      username\n      email\n      roles\n    }\n  }\n": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConnectedApps($after: String) {\n    me {\n      id\n      connectedApps(first: 20, after: $after) {\n        nodes {\n          id\n          createdAt\n          lastUsedAt\n          app {\n            id\n            clientId\n            name\n            homepageUri\n          }\n          scopes {\n            name\n            api\n            reads\n            changes\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ConnectedApps($after: String) {\n    me {\n      id\n      connectedApps(first: 20, after: $after) {\n        nodes {\n          id\n          createdAt\n          lastUsedAt\n          app {\n            id\n            clientId\n            name\n            homepageUri\n          }\n          scopes {\n            name\n            api\n            reads\n            changes\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeConnectedApp($input: RevokeConnectedAppInput!) {\n    revokeConnectedApp(input: $input) {\n      revokedConnectedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeConnectedApp($input: RevokeConnectedAppInput!) {\n    revokeConnectedApp(input: $input) {\n      revokedConnectedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendEmailConfirmation($input: SendEmailConfirmationInput!) {\n    sendEmailConfirmation(input: $input) {\n      user {\n        id\n        emailVerified\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SendEmailConfirmation($input: SendEmailConfirmationInput!) {\n    sendEmailConfirmation(input: $input) {\n      user {\n        id\n        emailVerified\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      user {\n        ...ProfileFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      user {\n        ...ProfileFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileFields on User {\n    id\n    name\n    givenName\n    middleName\n    familyName\n    displayName\n    nickname\n    birthdate\n    gender\n    website\n    profileUrl\n    pictureUrl\n    phoneNumber\n    address {\n      streetAddress\n      postalCode\n      locality\n      region\n      country\n      formatted\n    }\n    locale\n    zoneinfo\n  }\n"): (typeof documents)["\n  fragment ProfileFields on User {\n    id\n    name\n    givenName\n    middleName\n    familyName\n    displayName\n    nickname\n    birthdate\n    gender\n    website\n    profileUrl\n    pictureUrl\n    phoneNumber\n    address {\n      streetAddress\n      postalCode\n      locality\n      region\n      country\n      formatted\n    }\n    locale\n    zoneinfo\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile {\n    me {\n      ...ProfileFields\n      username\n      createdAt\n      roles\n      email\n      emailVerified\n    }\n  }\n"): (typeof documents)["\n  query Profile {\n    me {\n      ...ProfileFields\n      username\n      createdAt\n      roles\n      email\n      emailVerified\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sessions($after: String) {\n    me {\n      id\n      sessions(first: 20, after: $after) {\n        nodes {\n          id\n          current\n          browser\n          address\n          authenticatedAt\n          lastUsedAt\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Sessions($after: String) {\n    me {\n      id\n      sessions(first: 20, after: $after) {\n        nodes {\n          id\n          current\n          browser\n          address\n          authenticatedAt\n          lastUsedAt\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      endedSessionId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AllApps($after: String, $search: String) {\n    apps(first: 20, after: $after, owned: false, search: $search) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        trusted\n        createdAt\n        owner {\n          id\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query AllApps($after: String, $search: String) {\n    apps(first: 20, after: $after, owned: false, search: $search) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        trusted\n        createdAt\n        owner {\n          id\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetTrusted($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        id\n        trusted\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetTrusted($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        id\n        trusted\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ApiFields on Api {\n    id\n    identifier\n    name\n    scopes {\n      name\n      description\n    }\n    accessTokenSigningAlg\n    accessTokenLifetime\n    createdAt\n  }\n"): (typeof documents)["\n  fragment ApiFields on Api {\n    id\n    identifier\n    name\n    scopes {\n      name\n      description\n    }\n    accessTokenSigningAlg\n    accessTokenLifetime\n    createdAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiById($id: ID!) {\n    api(id: $id) {\n      ...ApiFields\n    }\n  }\n"): (typeof documents)["\n  query ApiById($id: ID!) {\n    api(id: $id) {\n      ...ApiFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateApi($input: UpdateApiInput!) {\n    updateApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateApi($input: UpdateApiInput!) {\n    updateApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteApi($input: DeleteApiInput!) {\n    deleteApi(input: $input) {\n      deletedApiId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteApi($input: DeleteApiInput!) {\n    deleteApi(input: $input) {\n      deletedApiId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Apis($after: String) {\n    apis(first: 20, after: $after) {\n      nodes {\n        id\n        identifier\n        name\n        createdAt\n        scopes {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Apis($after: String) {\n    apis(first: 20, after: $after) {\n      nodes {\n        id\n        identifier\n        name\n        createdAt\n        scopes {\n          name\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterApi($input: RegisterApiInput!) {\n    registerApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterApi($input: RegisterApiInput!) {\n    registerApi(input: $input) {\n      api {\n        ...ApiFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateUser($input: CreateUserInput!) {\n    createUser(input: $input) {\n      user {\n        id\n        username\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegistrationTokens($after: String) {\n    registrationTokens(first: 20, after: $after) {\n      nodes {\n        id\n        name\n        usesLeft\n        createdAt\n        expiresAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query RegistrationTokens($after: String) {\n    registrationTokens(first: 20, after: $after) {\n      nodes {\n        id\n        name\n        usesLeft\n        createdAt\n        expiresAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateRegistrationToken($input: CreateRegistrationTokenInput!) {\n    createRegistrationToken(input: $input) {\n      registrationToken {\n        id\n      }\n      token\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateRegistrationToken($input: CreateRegistrationTokenInput!) {\n    createRegistrationToken(input: $input) {\n      registrationToken {\n        id\n      }\n      token\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeRegistrationToken($input: RevokeRegistrationTokenInput!) {\n    revokeRegistrationToken(input: $input) {\n      revokedRegistrationTokenId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeRegistrationToken($input: RevokeRegistrationTokenInput!) {\n    revokeRegistrationToken(input: $input) {\n      revokedRegistrationTokenId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LockUser($input: LockUserInput!) {\n    lockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation LockUser($input: LockUserInput!) {\n    lockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UnlockUser($input: UnlockUserInput!) {\n    unlockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UnlockUser($input: UnlockUserInput!) {\n    unlockUser(input: $input) {\n      user {\n        id\n        lockedAt\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetUserRoles($input: SetUserRolesInput!) {\n    setUserRoles(input: $input) {\n      user {\n        id\n        roles\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetUserRoles($input: SetUserRolesInput!) {\n    setUserRoles(input: $input) {\n      user {\n        id\n        roles\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Users($after: String, $search: String) {\n    me {\n      id\n    }\n    users(first: 20, after: $after, search: $search) {\n      nodes {\n        id\n        username\n        name\n        email\n        emailVerified\n        roles\n        lockedAt\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Users($after: String, $search: String) {\n    me {\n      id\n    }\n    users(first: 20, after: $after, search: $search) {\n      nodes {\n        id\n        username\n        name\n        email\n        emailVerified\n        roles\n        lockedAt\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RegisteredApis {\n    apis(first: 100) {\n      nodes {\n        id\n        identifier\n        name\n        scopes {\n          name\n          description\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query RegisteredApis {\n    apis(first: 100) {\n      nodes {\n        id\n        identifier\n        name\n        scopes {\n          name\n          description\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AppFields on App {\n    id\n    clientId\n    name\n    type\n    origin\n    createdAt\n    updatedAt\n    owner {\n      id\n    }\n    trusted\n    homepageUri\n    logoUri\n    policyUri\n    tosUri\n    contacts\n    softwareId\n    softwareVersion\n    redirectUris\n    grantTypes\n    scopes\n    apis {\n      identifier\n      name\n      scopes\n    }\n    requirePkce\n    requirePushedAuthorizationRequests\n    requireSignedRequestObject\n    initiateLoginUri\n    defaultMaxAge\n    subjectType\n    sectorIdentifierUri\n    profile\n    idTokenSignedResponseAlg\n    userinfoSignedResponseAlg\n    dpopBoundAccessTokens\n    accessTokenLifetime\n    idTokenLifetime\n    refreshTokenLifetime\n    refreshFamilyLifetime\n    authMethod\n    jwks\n    jwksUri\n    tokenEndpointAuthSigningAlg\n    requestObjectSigningAlg\n    postLogoutRedirectUris\n    backchannelLogoutUri\n    backchannelLogoutSessionRequired\n    frontchannelLogoutUri\n    frontchannelLogoutSessionRequired\n    secrets {\n      id\n      hint\n      createdAt\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  fragment AppFields on App {\n    id\n    clientId\n    name\n    type\n    origin\n    createdAt\n    updatedAt\n    owner {\n      id\n    }\n    trusted\n    homepageUri\n    logoUri\n    policyUri\n    tosUri\n    contacts\n    softwareId\n    softwareVersion\n    redirectUris\n    grantTypes\n    scopes\n    apis {\n      identifier\n      name\n      scopes\n    }\n    requirePkce\n    requirePushedAuthorizationRequests\n    requireSignedRequestObject\n    initiateLoginUri\n    defaultMaxAge\n    subjectType\n    sectorIdentifierUri\n    profile\n    idTokenSignedResponseAlg\n    userinfoSignedResponseAlg\n    dpopBoundAccessTokens\n    accessTokenLifetime\n    idTokenLifetime\n    refreshTokenLifetime\n    refreshFamilyLifetime\n    authMethod\n    jwks\n    jwksUri\n    tokenEndpointAuthSigningAlg\n    requestObjectSigningAlg\n    postLogoutRedirectUris\n    backchannelLogoutUri\n    backchannelLogoutSessionRequired\n    frontchannelLogoutUri\n    frontchannelLogoutSessionRequired\n    secrets {\n      id\n      hint\n      createdAt\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AppById($id: ID!) {\n    app(id: $id) {\n      ...AppFields\n    }\n  }\n"): (typeof documents)["\n  query AppById($id: ID!) {\n    app(id: $id) {\n      ...AppFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateApp($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        ...AppFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateApp($input: UpdateAppInput!) {\n    updateApp(input: $input) {\n      app {\n        ...AppFields\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnApps($after: String) {\n    apps(first: 20, after: $after, owned: true) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnApps($after: String) {\n    apps(first: 20, after: $after, owned: true) {\n      nodes {\n        id\n        clientId\n        name\n        type\n        createdAt\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateAppSecret($input: RotateAppSecretInput!) {\n    rotateAppSecret(input: $input) {\n      app {\n        id\n        secrets {\n          id\n          hint\n          createdAt\n          expiresAt\n        }\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RotateAppSecret($input: RotateAppSecretInput!) {\n    rotateAppSecret(input: $input) {\n      app {\n        id\n        secrets {\n          id\n          hint\n          createdAt\n          expiresAt\n        }\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteApp($input: DeleteAppInput!) {\n    deleteApp(input: $input) {\n      deletedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteApp($input: DeleteAppInput!) {\n    deleteApp(input: $input) {\n      deletedAppId\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterApp($input: RegisterAppInput!) {\n    registerApp(input: $input) {\n      app {\n        id\n        clientId\n        name\n        type\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterApp($input: RegisterAppInput!) {\n    registerApp(input: $input) {\n      app {\n        id\n        clientId\n        name\n        type\n      }\n      clientSecret\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    me {\n      id\n      name\n      username\n      email\n      roles\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    me {\n      id\n      name\n      username\n      email\n      roles\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;