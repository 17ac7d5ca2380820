/** The users of this application. An identity server says who somebody is; what they are here is kept here. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from './settings.ts';

export interface User {
  id: string;
  /** The two together never change and are never given to somebody else; an e-mail address or a username may be. */
  iss: string;
  sub: string;
  firstSignInAt: string;
  signIns: number;
}

const file = join(settings.folder, 'example-web-application-users.json');
const users: User[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as User[]) : [];

/** Finds the user of this identity, or creates one: this is all the sign-up there is. */
export const signInUser = (iss: string, sub: string): User => {
  let user = users.find((known) => known.iss === iss && known.sub === sub);
  if (user === undefined) {
    user = { id: randomUUID(), iss, sub, firstSignInAt: new Date().toISOString(), signIns: 0 };
    users.push(user);
  }
  user.signIns += 1;
  mkdirSync(settings.folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(users, null, 2)}\n`);
  return user;
};

export const findUser = (id: string | undefined): User | undefined => users.find((user) => user.id === id);
