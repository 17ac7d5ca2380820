import { describe, expect, it } from 'vitest';
import {
  emailKey,
  emailProblem,
  isReservedUsername,
  personNameProblem,
  usernameKey,
  usernameProblem,
} from '../../server/accounts/identifiers.ts';

const nul = '\0';

describe('a username', () => {
  it.each(['ada', 'Ada.Lovelace', 'a2', 'éloïse', '李小龙', '_build', 'x'.repeat(64), 'a-b_c.d9'])(
    'may be %j',
    (name) => {
      expect(usernameProblem(name)).toBeNull();
    },
  );

  it.each([
    ['', 'REQUIRED'],
    ['a', 'TOO_SHORT'],
    ['x'.repeat(65), 'TOO_LONG'],
    ['ﷺ'.repeat(10), 'TOO_LONG'],
    ['ada@example.org', 'INVALID'],
    ['ada lovelace', 'INVALID'],
    ['.ada', 'INVALID'],
    ['ada-', 'INVALID'],
    [`ad${nul}a`, 'INVALID'],
    ['ad\u200ba', 'INVALID'],
    ['ad\u202ea', 'INVALID'],
    ['\ud800ada', 'INVALID'],
    ['аda', 'INVALID'],
    ['<b>ada</b>', 'INVALID'],
  ])('may not be %j: %s', (name, code) => {
    expect(usernameProblem(name)?.code).toBe(code);
  });

  it('is the same in capitals and in compatible letters', () => {
    expect(usernameKey('ＡＤＡ')).toBe(usernameKey('ada'));
    expect(usernameKey('STRASSE')).toBe(usernameKey('strasse'));
    expect(isReservedUsername('Admin')).toBe(true);
  });
});

describe('an e-mail address', () => {
  it.each(['ada@example.org', 'a.b+c@sub.example.org', 'ada@localhost', 'ada@bücher.example', "o'neil@example.org"])(
    'may be %j',
    (email) => {
      expect(emailProblem(email)).toBeNull();
    },
  );

  it.each([
    ['', 'REQUIRED'],
    ['ada', 'INVALID'],
    ['@example.org', 'INVALID'],
    ['ada@', 'INVALID'],
    ['ada@-example.org', 'INVALID'],
    ['ada@example..org', 'INVALID'],
    ['ada lovelace@example.org', 'INVALID'],
    ['ada@exa mple.org', 'INVALID'],
    ['ada@example.org,eve@example.com', 'INVALID'],
    ['ada@eve@example.org', 'INVALID'],
    ['"ada"@example.org', 'INVALID'],
    ['Ada <ada@example.org>', 'INVALID'],
    ['ada@example.org\r\nBcc: eve@example.com', 'INVALID'],
    [`ada${nul}@example.org`, 'INVALID'],
    ['ada@example.org/path', 'INVALID'],
    ['ada@exam%70le.org', 'INVALID'],
    ['\ud800@example.org', 'INVALID'],
    [`${'a'.repeat(65)}@example.org`, 'INVALID'],
    [`ada@${'a.'.repeat(130)}org`, 'TOO_LONG'],
  ])('may not be %j: %s', (email, code) => {
    expect(emailProblem(email)?.code).toBe(code);
  });

  it('is the same in capitals and with its domain in ASCII', () => {
    expect(emailKey('Ada@BÜCHER.example')).toBe(emailKey('ada@xn--bcher-kva.example'));
  });
});

describe('a person’s name', () => {
  it.each(['', 'Ada', 'Ada King, Countess of Lovelace', 'Åsa', '李', "O'Neil-Smith"])('may be %j', (name) => {
    expect(personNameProblem('givenName', name)).toBeNull();
  });

  it.each([[`A${nul}da`], ['A\nda'], ['\u202eada'], ['\udc00'], ['x'.repeat(151)]])('may not be %j', (name) => {
    expect(personNameProblem('givenName', name)).toMatchObject({ path: ['givenName'] });
  });
});
