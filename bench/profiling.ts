/** Profiles Latchkey under load: exactly the counted time, by the inspector's protocol. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Case, startConversations, type Target } from './conversations.ts';
import { runLoad, warmUp } from './load.ts';
import { type CpuProfile, type ProfileSummary, type Share, summarizeProfile } from './profile-summary.ts';
import type { RoundTimes } from './rounds.ts';

export const profilesFolder = fileURLToPath(new URL('./profiles', import.meta.url));

/** Microseconds between two samples. */
const samplingInterval = 250;

export const profileCase = async (
  what: Case,
  target: Target,
  options: { inspectorPort: number; connections: number; times: RoundTimes },
): Promise<ProfileSummary> => {
  const conversations = startConversations(target, what, options.connections);
  const { times } = options;
  await warmUp(target.port, conversations, times.warmUp);
  using inspector = await Inspector.connect(options.inspectorPort);
  await inspector.call('Profiler.enable');
  await inspector.call('Profiler.setSamplingInterval', { interval: samplingInterval });
  await inspector.call('Profiler.start');
  await runLoad({ port: target.port, conversations, settle: 0, measure: times.measure });
  const { profile } = (await inspector.call('Profiler.stop')) as { profile: CpuProfile };
  mkdirSync(profilesFolder, { recursive: true });
  writeFileSync(join(profilesFolder, `${what}.cpuprofile`), JSON.stringify(profile));
  return summarizeProfile(profile);
};

export const topOf = (summary: ProfileSummary): string =>
  [...top('packages', summary.packages, 15), ...top('functions, their own time', summary.functions, 40)].join('\n');

const top = (title: string, shares: readonly Share[], count: number): string[] => [
  `  ${title}`,
  ...shares.slice(0, count).map(({ name, share }) => `  ${(share * 100).toFixed(1).padStart(6)} %  ${name}`),
];

/** A connection to the inspector of a Node process. */
class Inspector implements Disposable {
  private lastId = 0;
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown; error?: { message: string } };
      const call = message.id === undefined ? undefined : this.waiting.get(message.id);
      if (message.error) call?.reject(new Error(message.error.message));
      else call?.resolve(message.result);
    });
  }

  static async connect(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [process] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
    if (process === undefined) throw new Error('The server has no inspector.');
    const socket = new WebSocket(process.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')), { once: true });
    });
    return new Inspector(socket);
  }

  call(method: string, params: object = {}): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}
