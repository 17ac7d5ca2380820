/** Where oidc-provider keeps everything here: one PostgreSQL table, as its documentation suggests, with prepared statements. */
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type pg from 'pg';

export const adapterTable = `
  create table oidc_model (
    model text not null,
    id text not null,
    payload jsonb not null,
    grant_id text,
    uid text,
    user_code text,
    expires_at timestamptz,
    consumed_at timestamptz,
    primary key (model, id)
  );
  create index oidc_model_grant on oidc_model (grant_id) where grant_id is not null;
  create index oidc_model_uid on oidc_model (uid) where uid is not null;
  create index oidc_model_user_code on oidc_model (user_code) where user_code is not null;
  create index oidc_model_expiry on oidc_model (expires_at);
`;

interface Row {
  payload: AdapterPayload;
  consumed: string | null;
}

const found = `payload, extract(epoch from consumed_at)::bigint as consumed
  from oidc_model where model = $1 and (expires_at is null or expires_at > now())`;

export class PostgresAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly pool: pg.Pool,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.pool.query({
      name: 'upsert',
      text: `insert into oidc_model (model, id, payload, grant_id, uid, user_code, expires_at)
        values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
        on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
          uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
      values: [
        this.model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expiresIn ?? null,
      ],
    });
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.one('find', `select ${found} and id = $2`, id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.one('find_by_uid', `select ${found} and uid = $2`, uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.one('find_by_user_code', `select ${found} and user_code = $2`, userCode);
  }

  async consume(id: string): Promise<void> {
    const text = 'update oidc_model set consumed_at = now() where model = $1 and id = $2';
    await this.pool.query({ name: 'consume', text, values: [this.model, id] });
  }

  async destroy(id: string): Promise<void> {
    const text = 'delete from oidc_model where model = $1 and id = $2';
    await this.pool.query({ name: 'destroy', text, values: [this.model, id] });
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    const text = 'delete from oidc_model where grant_id = $1';
    await this.pool.query({ name: 'revoke_by_grant', text, values: [grantId] });
  }

  private async one(name: string, text: string, key: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.pool.query<Row>({ name, text, values: [this.model, key] });
    const [row] = rows;
    if (row === undefined) return undefined;
    return row.consumed === null ? row.payload : { ...row.payload, consumed: Number(row.consumed) };
  }
}
