/** What we use of oauth2orize 1.12, typed as its source behaves: it counts the parameters of the functions that it is given. */
declare module 'oauth2orize' {
  import type { Request, RequestHandler, Response } from 'express';

  type Done<T> = (error: unknown, value?: T) => void;

  /** The plain form of the store; the library calls it so because it has no `legacy` member. */
  interface TransactionStore<T> {
    store(req: Request, transaction: T, done: Done<string>): void;
    load(req: Request, done: Done<T>): void;
    update(req: Request, id: string, transaction: T, done: Done<string>): void;
    remove(req: Request, id: string, done: Done<void>): void;
  }

  interface GrantModule {
    name: string;
  }

  /** @typeParam T the transaction, `R` its request, `C` the client, `U` the user, `I` what `immediate` says */
  interface Server<T, R, C, U, I> {
    grant(module: GrantModule): void;
    grant(type: '*', phase: 'request', parse: (req: Request) => Partial<R>): void;
    exchange(type: string, handle: (req: Request, res: Response, next: (error?: unknown) => void) => void): void;
    authorization(
      options: { userProperty: string },
      validate: (request: R, done: (error: unknown, client?: C, redirectUri?: string) => void) => void,
      immediate: (transaction: T, done: (error: unknown, allow?: boolean, info?: I) => void) => void,
    ): RequestHandler;
    resume(
      options: { userProperty: string },
      immediate: (transaction: T, done: (error: unknown, allow?: boolean, info?: I) => void) => void,
    ): RequestHandler[];
    decision(
      options: { userProperty: string },
      parse: (req: Request, done: Done<{ allow: boolean }>) => void,
    ): RequestHandler[];
    token(): RequestHandler;
  }

  const oauth2orize: {
    createServer<T, R, C, U, I>(options: { store: TransactionStore<T> }): Server<T, R, C, U, I>;
    grant: {
      code<T, R, C, U>(
        options: { modes: { query: (transaction: T, res: Response, parameters: Record<string, string>) => void } },
        issue: (client: C, redirectUri: string, user: U, answer: unknown, request: R, done: Done<string>) => void,
      ): GrantModule;
    };
  };
  export default oauth2orize;
}
