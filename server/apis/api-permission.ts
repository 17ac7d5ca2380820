/**
 * How a permission for a registered API is remembered: its identifier and the scope, so that APIs may share names.
 * An identifier holds no fragment, and a scope of this server's own no `#`: nothing can be taken for something else.
 */
export interface ApiPermission {
  readonly identifier: string;
  /** Empty: to be known there, nothing more. */
  readonly scope: string;
}

export const apiPermission = ({ identifier, scope }: ApiPermission): string => `${identifier}#${scope}`;

/** @returns null for a scope of this server's own */
export const readApiPermission = (permission: string): ApiPermission | null => {
  const at = permission.indexOf('#');
  return at < 0 ? null : { identifier: permission.slice(0, at), scope: permission.slice(at + 1) };
};
