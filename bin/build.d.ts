/** @param names the parts wanted (`server`, `client-web`); all of them unless said otherwise */
export const build: (names?: string[]) => Promise<void>;
