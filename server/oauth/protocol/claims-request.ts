/** The `claims` parameter (OpenID Connect Core §5.5): single claims, asked for beside those that the scopes open. */

/** What is asked of one claim; null: it is wanted, nothing more (§5.5.1). */
export type ClaimWish = null | {
  readonly essential?: boolean;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
};

export interface ClaimsRequest {
  readonly userinfo?: Readonly<Record<string, ClaimWish>>;
  readonly id_token?: Readonly<Record<string, ClaimWish>>;
}
