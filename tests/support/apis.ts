/** APIs of the institution's own, and what apps may ask for there. */
import type { Api } from '../../server/apis/api.entity.ts';
import { Apis, type NewApi } from '../../server/apis/apis.ts';
import { ApiAccess } from '../../server/apps/api-access.entity.ts';
import { App } from '../../server/apps/app.entity.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import type { Person, TestClient } from './personas.ts';
import type { RelyingParty } from './relying-party.ts';
import type { TestApp } from './test-app.ts';
import { type TokenAnswer, tokenRequest } from './token-request.ts';

let count = 0;

/** An API in the database; with the scopes `orders:read` and `orders:write` unless told. */
export const anApi = (app: TestApp, details: Partial<NewApi> = {}): Promise<Api> => {
  count += 1;
  const apis = new Apis({
    em: app.orm.em,
    inTransaction: unitOfWork(app.orm),
    clock: app.clock,
    config: { issuer: app.issuer, accessTokenLifetimeMax: 86_400 },
  });
  return apis.register({
    identifier: `https://api${count}.example`,
    name: `API ${count}`,
    scopes: [
      { name: 'orders:read', description: 'Read your orders' },
      { name: 'orders:write', description: 'Order in your name' },
    ],
    ...details,
  });
};

/** Lets an app ask for scopes of an API: for all of them unless told. */
export const giveAccess = (app: TestApp, client: Pick<TestClient, 'id'>, api: Api, scopes?: string[]): Promise<void> =>
  unitOfWork(app.orm)(async (em) => {
    await em.nativeDelete(ApiAccess, { app: client.id, api: api.id });
    em.create(ApiAccess, {
      app: em.getReference(App, client.id),
      api: api.id,
      scopes: scopes ?? api.scopes.map(({ name }) => name),
    });
  });

/** What an app is given for a person who allowed it an API. */
export const signInFor = async (
  app: TestApp,
  party: RelyingParty,
  person: Pick<Person, 'browser'>,
  api: Api,
  scope: string,
): Promise<TokenAnswer['body']> => {
  const request = await party.begin(scope, { resource: api.identifier });
  const callback = await party.authorize(person, request);
  const { body } = await tokenRequest(app, party.client, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: party.client.redirectUri,
    code_verifier: request.verifier,
    resource: api.identifier,
  });
  return body;
};
