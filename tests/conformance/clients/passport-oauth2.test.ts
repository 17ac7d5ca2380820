/** passport-oauth2, as many Express applications have it: no OpenID Connect, endpoints typed in by hand. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApp, aSignedInPerson, type TestClient } from '../../support/personas.ts';
import { allowInBrowser } from '../../support/relying-party.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
let client: TestClient;
let server: Server;
let address: string;

/** One visitor is all that the application has: what a session would remember. */
const remembered: { state?: string; verifier?: string } = {};

beforeAll(async () => {
  app = await createTestApp();
  const site = express();
  server = site.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
  client = await anApp(app, { authMethod: 'client_secret_post', redirectUris: [`${address}/callback`] });
  const authenticator = new passport.Passport();
  authenticator.use(
    new OAuth2Strategy(
      {
        authorizationURL: `${app.issuer}/oauth/authorize`,
        tokenURL: `${app.issuer}/oauth/token`,
        clientID: client.clientId,
        clientSecret: client.clientSecret,
        callbackURL: client.redirectUri,
        scope: ['openid', 'profile'],
        pkce: true,
        state: true,
        store: {
          store(
            _req: unknown,
            verifier: string,
            _state: unknown,
            _meta: unknown,
            done: (error: null, state: string) => void,
          ) {
            remembered.verifier = verifier;
            remembered.state = 'a state of the application';
            done(null, remembered.state);
          },
          verify(_req: unknown, state: string, _meta: unknown, done: (error: null, ok: string | false) => void) {
            done(null, state === remembered.state && (remembered.verifier ?? false));
          },
        } as unknown as OAuth2Strategy.StateStore,
      },
      (accessToken: string, refreshToken: string, _profile: unknown, done: OAuth2Strategy.VerifyCallback) =>
        done(null, { accessToken, refreshToken }),
    ),
  );
  site.get('/sign-in', authenticator.authenticate('oauth2', { session: false }) as express.RequestHandler);
  site.get(
    '/callback',
    authenticator.authenticate('oauth2', { session: false }) as express.RequestHandler,
    (req, res) => {
      res.json(req.user);
    },
  );
});
afterAll(async () => {
  server.close();
  await app.close();
});

test('signs a person in, and what it is given works', async () => {
  const person = await aSignedInPerson(app);
  const { headers } = await fetch(`${address}/sign-in`, { redirect: 'manual' });
  const callback = await allowInBrowser(person, new URL(headers.get('location') ?? ''));
  const user = (await (await fetch(callback)).json()) as { accessToken: string; refreshToken: string };
  expect(user.refreshToken).toMatch(/^lk_rt_/);
  const me = await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${user.accessToken}` } });
  expect(await me.json()).toMatchObject({ sub: person.account.id, preferred_username: person.username });
});
