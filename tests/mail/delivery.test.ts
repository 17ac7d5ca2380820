import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Statements } from '../../server/database/statements.ts';
import { createLog } from '../../server/http/logging.ts';
import { MailDelivery } from '../../server/mail/deliver-mail.ts';
import { type Mailer, smtpMailer } from '../../server/mail/mailer.ts';
import { OutgoingMail } from '../../server/mail/outgoing-mail.entity.ts';
import { TestClock } from '../support/clock.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';
import { type SmtpServer, startSmtpServer } from './smtp-server.ts';

let app: TestApp;
let smtp: SmtpServer;
let clock: TestClock;

beforeEach(async () => {
  clock = new TestClock();
  smtp = await startSmtpServer();
});
afterEach(async () => {
  await app.close();
  await smtp.close();
});

/** The server as operators have it, with a mail server. */
const withMailServer = async (): Promise<void> => {
  app = await createTestApp({
    clock,
    settings: {
      SMTP_URL: smtp.url,
      LATCHKEY_MAIL_FROM: 'Institute <no-reply@example.org>',
      LATCHKEY_NAME: 'Institute',
    },
  });
};

const signUp = (username: string, language = 'en') =>
  new TestBrowser(app.issuer).fillIn(`/sign-up?lang=${language}`, {
    username,
    email: `${username}@example.org`,
    password: 'correct horse',
  });

/** The outbox's worker without its timer, so that a test says when it looks. */
const aDelivery = async (mailer: Mailer): Promise<MailDelivery> =>
  new MailDelivery({
    statements: await Statements.on(app.orm),
    clock,
    log: await createLog({ level: 'silent' }),
    templates: new Map([
      [
        'confirm-email',
        (data) => ({
          subject: 'Subject',
          greeting: `Hello ${data.name}`,
          text: 'Text',
          action: { label: 'Go', href: 'http://localhost/' },
          closing: 'Bye',
          linkHint: 'Or',
        }),
      ],
    ]),
    mailer,
    serviceName: 'Institute',
  });

const outbox = () => app.orm.em.fork().find(OutgoingMail, {}, { orderBy: { id: 'asc' } });

const write = async (to: string): Promise<void> => {
  const em = app.orm.em.fork();
  const now = clock.now();
  em.create(OutgoingMail, {
    to,
    template: 'confirm-email',
    data: { name: 'Ada', challengeId: 'x' },
    locale: 'en',
    createdAt: now,
    nextAttemptAt: now,
  });
  await em.flush();
};

describe('mail', () => {
  it('arrives after a sign-up, in the person’s language, as text and HTML with one working link', async () => {
    await withMailServer();
    await signUp('ada', 'fr');
    await expect.poll(() => smtp.received.length, { timeout: 15_000 }).toBe(1);
    const [mail] = smtp.received;
    expect(mail?.to).toBe('ada@example.org');
    expect(mail?.text).toMatch(/^From: Institute <no-reply@example\.org>/m);
    expect(mail?.text).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(mail?.text).toMatch(/^Content-Type: text\/html; charset=utf-8/m);
    expect(mail?.text).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail?.text).toContain('Bonjour ada');
    const unfolded = mail?.text.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '';
    const link = /http:\/\/localhost:\d+\/confirm-email\?id=[\w-]+&key=[\w-]+/.exec(unfolded)?.[0] ?? '';
    expect((await fetch(link)).status).toBe(200);
    await expect.poll(async () => (await outbox())[0]?.sentAt).toEqual(clock.now());
  });

  it('has no inbox page where there is a mail server', async () => {
    await withMailServer();
    expect((await new TestBrowser(app.issuer).get('/inbox')).status).toBe(404);
  });

  it('is tried again, later and later, and forgotten by nobody meanwhile', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    const delivery = await aDelivery(smtpMailer(smtp.url, 'no-reply@example.org'));
    await write('ada@example.org');
    smtp.refusal = '450 come back later';
    for (const pause of [30, 60, 120]) {
      await delivery.deliver();
      const [mail] = await outbox();
      expect(mail?.sentAt).toBeNull();
      expect(mail?.lastError).toContain('450');
      expect(mail?.nextAttemptAt?.getTime()).toBe(clock.now().getTime() + pause * 1000);
      clock.advance(pause - 1);
      await delivery.deliver();
      expect((await outbox())[0]?.attempts).toBe(mail?.attempts);
      clock.advance(1);
    }
    smtp.refusal = null;
    await delivery.deliver();
    expect(smtp.received).toHaveLength(1);
    expect(await outbox()).toMatchObject([{ attempts: 4, sentAt: clock.now(), nextAttemptAt: null, lastError: null }]);
  });

  it('that is refused for good is not tried again', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    const delivery = await aDelivery(smtpMailer(smtp.url, 'no-reply@example.org'));
    await write('nobody@example.org');
    smtp.refusal = '550 nobody of that name';
    await delivery.deliver();
    expect(await outbox()).toMatchObject([{ attempts: 1, sentAt: null, nextAttemptAt: null }]);
  });

  it('waits while no mail server can be reached', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    const delivery = await aDelivery(smtpMailer('smtp://127.0.0.1:1', 'no-reply@example.org'));
    await write('ada@example.org');
    await delivery.deliver();
    expect(await outbox()).toMatchObject([
      { attempts: 1, sentAt: null, lastError: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  it('is sent once, however many nodes look at the same moment', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    for (let i = 0; i < 35; i++) await write(`person${i}@example.org`);
    const nodes = await Promise.all([1, 2, 3, 4].map(() => aDelivery(smtpMailer(smtp.url, 'no-reply@example.org'))));
    await Promise.all(nodes.map((node) => node.deliver()));
    expect(smtp.received).toHaveLength(35);
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(35);
  });

  it('of a node that died while sending is sent by another when its time is over', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    await write('ada@example.org');
    const dying = await aDelivery({ send: () => new Promise(() => undefined) });
    void dying.deliver();
    await expect.poll(async () => (await outbox())[0]?.attempts).toBe(1);
    const other = await aDelivery(smtpMailer(smtp.url, 'no-reply@example.org'));
    await other.deliver();
    expect(smtp.received).toHaveLength(0);
    clock.advance(301);
    await other.deliver();
    expect(smtp.received).toHaveLength(1);
  });
});

describe('the inbox page', () => {
  it('shows what was sent, the newest first, where there is no mail server on this machine', async () => {
    app = await createTestApp({ clock });
    await signUp('first');
    await signUp('second', 'fr');
    const { status, body } = await new TestBrowser(app.issuer).get('/inbox');
    expect(status).toBe(200);
    expect(body.indexOf('second@example.org')).toBeLessThan(body.indexOf('first@example.org'));
    expect(body).toContain('Bonjour second,');
    expect(body.match(/href="http:\/\/localhost:\d+\/confirm-email\?/g)).toHaveLength(2);
    await expect.poll(async () => (await outbox()).every((mail) => mail.sentAt), { timeout: 10_000 }).toBe(true);
  });

  it('is not there under a public issuer, and mail waits', async () => {
    app = await createTestApp({ clock, settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    const response = await fetch(`${app.origin}/inbox`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
  });
});
