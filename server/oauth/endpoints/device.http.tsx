/** The page for people whose device has no browser: they type its code, see which app asks for what, and answer (RFC 8628 §3.3). */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { personName } from '../../accounts/account.entity.ts';
import { faceOf } from '../../apps/app-face.ts';
import type { ClientAddresses } from '../../http/client-address.ts';
import { readQuery } from '../../http/form.ts';
import type { FormTokens } from '../../http/form-token.ts';
import { RequestError } from '../../http/request-error.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { picturesOf } from '../../pages/app-face.tsx';
import type { Pages } from '../../pages/pages.http.tsx';
import type { CurrentSession, CurrentSessions } from '../../sessions/current-session.http.ts';
import type { GuessThrottle } from '../../sessions/guess-throttle.ts';
import { devicePath, paths } from '../../urls.ts';
import type { ClaimedDevice, DeviceAuthorizations } from '../authorize/device-authorizations.ts';
import { visitorOf } from '../authorize/visitor.ts';
import { readUserCode, showUserCode } from '../protocol/user-code.ts';
import { type ConsentQuestions, initialsOf, registrantOf } from './consent-question.ts';
import { DeviceCodePage, type DeviceCodePageProps, DeviceConsentPage } from './device.page.tsx';

export interface DeviceDependencies {
  devices: DeviceAuthorizations;
  /** Of codes that are typed: eight letters could be found by trying. */
  throttle: GuessThrottle;
  addresses: ClientAddresses;
  currentSessions: CurrentSessions;
  formTokens: FormTokens;
  pages: Pages;
  questions: ConsentQuestions;
}

export const deviceRoutes = (deps: DeviceDependencies): Router => {
  const router = Router();
  router
    .route(paths.device)
    .get(signedIn(deps, askForCode))
    .post(signedIn(deps, takeCode))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router
    .route(devicePath(':code'))
    .get(signedIn(deps, showDevice))
    .post(signedIn(deps, takeDecision))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

type SignedInHandler = (
  deps: DeviceDependencies,
  req: Request,
  res: Response,
  current: CurrentSession,
) => Promise<void> | void;

/** Whoever is not signed in goes to do that first, and comes back to the same address. */
const signedIn =
  (deps: DeviceDependencies, handle: SignedInHandler): RequestHandler =>
  async (req, res) => {
    const current = await deps.currentSessions.of(req);
    if (current === null) res.redirect(303, signInHref(req.originalUrl));
    else await handle(deps, req, res, current);
  };

const signInHref = (continuation: string): string =>
  `${paths.signIn}?${new URLSearchParams({ continue: continuation })}`;

const codeAddress = (userCode: string): string =>
  `${paths.device}?${new URLSearchParams({ user_code: showUserCode(userCode) })}`;

type State = Pick<DeviceCodePageProps, 'userCode'> &
  Partial<Pick<DeviceCodePageProps, 'isPrefilled' | 'error' | 'alert'>>;

const sendCodePage = (
  { pages, formTokens }: DeviceDependencies,
  req: Request,
  res: Response,
  { account }: CurrentSession,
  state: State,
  status = 200,
): void => {
  const language = pages.language(req);
  const texts = pages.texts(language);
  const code = readUserCode(state.userCode);
  pages.send(req, res, {
    status,
    title: texts.device.title,
    language,
    body: (
      <DeviceCodePage
        serviceName={pages.serviceName}
        texts={texts}
        action={paths.device}
        formToken={formTokens.issue(req, res)}
        isPrefilled={false}
        error={null}
        alert={null}
        {...state}
        account={{
          username: account.username,
          otherAccountHref: signInHref(code === null ? paths.device : codeAddress(code)),
        }}
      />
    ),
  });
};

/** A code in the address fills in the field, no more: the person must compare it with the device (RFC 8628 §3.3.1). */
const askForCode: SignedInHandler = (deps, req, res, current) => {
  const code = readUserCode(readQuery(req).get('user_code') ?? '');
  const state = code === null ? { userCode: '' } : { userCode: showUserCode(code), isPrefilled: true };
  sendCodePage(deps, req, res, current, state);
};

const takeCode: SignedInHandler = async (deps, req, res, current) => {
  const form = await deps.formTokens.readForm(req);
  const typed = (form.get('user_code') ?? '').slice(0, 40);
  const { device: texts } = deps.pages.texts(deps.pages.language(req));
  const code = readUserCode(typed);
  try {
    if (code !== null && (await claim(deps, req, code, current))) {
      res.redirect(303, devicePath(showUserCode(code)));
      return;
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.retryAfter === undefined) throw error;
    res.set('Retry-After', String(error.retryAfter));
    const alert = texts.tooMany(Math.ceil(error.retryAfter / 60));
    return sendCodePage(deps, req, res, current, { userCode: typed, alert }, 429);
  }
  sendCodePage(deps, req, res, current, { userCode: typed, error: texts.wrongCode }, 422);
};

/** @throws DomainError RATE_LIMITED */
const claim = async (
  { devices, throttle, addresses }: DeviceDependencies,
  req: Request,
  code: string,
  { account }: CurrentSession,
): Promise<boolean> => {
  const claimed = await throttle.attempt({
    account: account.id,
    address: addresses.of(req),
    check: async () => ((await devices.claim(code, account.id)) ? code : null),
  });
  return claimed !== null;
};

/** @throws RequestError where the path holds no code */
const codeOf = (req: Request): string => {
  const { code } = req.params;
  const read = typeof code === 'string' ? readUserCode(code) : null;
  if (read === null) throw RequestError.notFound();
  return read;
};

/** Whoever has not typed the code is asked for it: whether there is such a device is told to nobody who guesses addresses. */
const showDevice: SignedInHandler = async (deps, req, res, current) => {
  const code = codeOf(req);
  const device = await deps.devices.findClaimed(code, current.account.id);
  if (device === null) res.redirect(303, codeAddress(code));
  else if (device.state === 'waiting') await sendConsentPage(deps, req, res, current, device, code);
  else sendOutcome(deps, req, res, device);
};

const sendConsentPage = async (
  { pages, formTokens, questions }: DeviceDependencies,
  req: Request,
  res: Response,
  { account }: CurrentSession,
  { app, permissions }: ClaimedDevice,
  code: string,
): Promise<void> => {
  const language = pages.language(req);
  const texts = pages.texts(language);
  const name = personName(account);
  const face = faceOf(app, null);
  pages.send(req, res, {
    title: texts.device.consentTitle(app.name),
    language,
    pictures: picturesOf(face),
    body: (
      <DeviceConsentPage
        texts={texts}
        action={devicePath(showUserCode(code))}
        formToken={formTokens.issue(req, res)}
        userCode={showUserCode(code)}
        appName={app.name}
        face={face}
        registeredBy={registrantOf(app)}
        person={{ id: account.id, username: account.username, initials: initialsOf(name) }}
        question={await questions.about(account, permissions, language, texts.consent)}
      />
    ),
  });
};

const sendOutcome = ({ pages }: DeviceDependencies, req: Request, res: Response, device: ClaimedDevice): void => {
  const { device: texts } = pages.texts(pages.language(req));
  if (device.state === 'allowed') {
    pages.sendMessage(req, res, { title: texts.doneTitle, text: texts.done(device.app.name) });
  } else if (device.state === 'denied') {
    pages.sendMessage(req, res, { title: texts.deniedTitle, text: texts.denied(device.app.name) });
  } else {
    const action = { href: paths.device, label: texts.anotherCode };
    pages.sendMessage(req, res, { status: 410, title: texts.expiredTitle, text: texts.expired, action });
  }
};

/** The first answer counts; whatever came of this one, the page of the device tells how things stand. */
const takeDecision: SignedInHandler = async ({ devices, formTokens }, req, res, current) => {
  const code = codeOf(req);
  const form = await formTokens.readForm(req);
  const decision = form.get('decision');
  if (decision !== 'allow' && decision !== 'deny') throw RequestError.malformed('The decision must be allow or deny.');
  // A form that another person was shown is asked again.
  if (form.get('account') === current.account.id) {
    if (decision === 'allow') await devices.allow(code, visitorOf(current));
    else await devices.deny(code, current.account.id);
  }
  res.redirect(303, devicePath(showUserCode(code)));
};
