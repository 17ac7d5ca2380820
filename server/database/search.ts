/** What people type to find something, as PostgreSQL takes it. */

/** Without what no text of the database can hold. */
export const searchable = (text: string): string => text.replaceAll('\0', '').toWellFormed().trim().slice(0, 200);

/** A pattern for `like` that finds `text` anywhere; its own signs mean nothing. */
export const partOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
