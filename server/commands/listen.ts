/** Takes the port that the settings name, or says what to do where it cannot be had. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Config } from '../config.ts';
import { Refusal } from './outcome.ts';

const listenProblem = ({ host, port }: Config, error: NodeJS.ErrnoException): Error => {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal(
        `Port ${port} is in use: stop the program that listens there, or choose another port, e.g. PORT=${port + 1} npm start.`,
      );
    case 'EACCES':
      return new Refusal(`Port ${port} needs more rights than this user has: set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Refusal(`${host} is no address of this machine: mend HOST.`);
    default:
      return error;
  }
};

/** @throws Refusal, one line */
export const listen = async (server: Server, config: Config): Promise<void> => {
  server.listen(config.port, config.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(config, error as NodeJS.ErrnoException);
  }
};

/**
 * Asked before anything that takes long, and before a second server meddles with the first one's data.
 * @throws Refusal, one line
 */
export const checkPort = async (config: Config): Promise<void> => {
  const probe = createServer();
  await listen(probe, config);
  probe.close();
  await once(probe, 'close');
};
