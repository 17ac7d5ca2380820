/** This machine, as addresses name it: the only hosts where http is as good as https. */

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @param host as `URL` tells it */
export const isLoopbackHost = (host: string): boolean => loopbackHosts.has(host);

/** Whether nobody on the way can read or change what goes there. */
export const isProtected = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
