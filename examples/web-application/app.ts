/** The routes of this application. */
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import { type Identity, isDenied, isForged, isOver } from './identity.ts';
import { messagePage, profilePage, style, welcomePage } from './pages.ts';
import { endSession, sessionOf, startSession } from './sessions.ts';
import { settings } from './settings.ts';
import { findUser, signInUser } from './users.ts';

export const createApp = (identity: Identity): Express => {
  const app = express();
  app.disable('x-powered-by');

  app.get('/style.css', (_req, res) => {
    res.type('css').send(style);
  });

  app.get('/', async (req, res) => {
    res.set('Cache-Control', 'no-store');
    const session = sessionOf(req);
    const user = findUser(session?.userId);
    if (session === undefined || user === undefined) return res.send(welcomePage());
    try {
      res.send(profilePage(user, await identity.profile(session)));
    } catch (error) {
      if (!isOver(error)) throw error;
      endSession(req, res);
      res.send(messagePage('You were signed out', 'This application may not see your profile any more.'));
    }
  });

  app.get('/sign-in', async (req, res) => {
    const { url, attempt } = await identity.beginSignIn();
    startSession(req, res, { attempt });
    res.redirect(303, url.href);
  });

  app.get('/callback', async (req, res) => {
    const attempt = sessionOf(req)?.attempt;
    if (attempt === undefined) {
      res
        .status(400)
        .send(messagePage('Please try again', 'This sign-in was not begun in this browser, or took too long.'));
      return;
    }
    try {
      const { iss, sub, tokens } = await identity.finishSignIn(callbackOf(req), attempt);
      startSession(req, res, { userId: signInUser(iss, sub).id, tokens });
      res.redirect(303, '/');
    } catch (error) {
      if (!isDenied(error)) throw error;
      endSession(req, res);
      res
        .status(403)
        .send(messagePage('That is all right', 'You did not let us see who you are, so you are not signed in.'));
    }
  });

  app.post('/sign-out', async (req, res) => {
    const tokens = sessionOf(req)?.tokens;
    endSession(req, res);
    // The person is signed out here whatever the identity server answers.
    if (tokens !== undefined) await identity.giveBack(tokens).catch((error: Error) => console.error(error.message));
    res.redirect(303, '/');
  });

  app.use(failed);
  return app;
};

/** The address that the browser asked for, as it was registered: what the proxy in front made of it does not matter. */
const callbackOf = (req: Request): URL => {
  const callback = new URL(settings.redirectUri);
  callback.search = new URL(req.originalUrl, settings.address).search;
  return callback;
};

const failed: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  const status = isForged(error) ? 400 : 502;
  res.status(status).send(messagePage('That did not work', 'The sign-in gave no good answer. Please try again.'));
};
