import type { App } from '../../apps/app.entity.ts';

/** The client as its authentication left it: what is needed of the app, read by that one statement. */
export type AuthenticatedClient = Pick<
  App,
  'id' | 'clientId' | 'name' | 'type' | 'authMethod' | 'grantTypes' | 'scopes'
>;
