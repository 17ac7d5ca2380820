import { defineEntity, p } from '@mikro-orm/postgresql';
import { Api } from '../apis/api.entity.ts';
import { App } from './app.entity.ts';

const ApiAccessSchema = defineEntity({
  name: 'ApiAccess',
  tableName: 'api_access',
  properties: {
    app: () => p.manyToOne(App).ref().primary().deleteRule('cascade'),
    api: () => p.manyToOne(Api).ref().primary().deleteRule('cascade').index(),
    /** Those of the API's scopes that the app may ask for. */
    scopes: p.array().columnType('text[]'),
  },
});

/** What an app may ask for at a registered API. */
export class ApiAccess extends ApiAccessSchema.class {}

ApiAccessSchema.setClass(ApiAccess);
