/** Who acts for the subject of a token, and for whom that one acts (RFC 8693 §4.1). */
export interface Actor {
  readonly sub: string;
  readonly client_id?: string;
  readonly act?: Actor;
}
