/** The machine under the bench: which cores there are, who runs on which, what a process uses. Linux only. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** Kernel clock ticks in a second, as /proc counts time. */
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export interface Cores {
  /** The server under test runs here, alone. */
  readonly server: number;
  /** Everything else: this process with its load, and PostgreSQL. */
  readonly others: readonly number[];
}

/** @throws where the machine cannot give the server a core of its own */
export const divideCores = (): Cores => {
  const allowed = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const [server, ...others] = allowed.split(',').flatMap((range) => {
    const [first, last] = range.split('-').map(Number);
    if (first === undefined) return [];
    return Array.from({ length: (last ?? first) - first + 1 }, (_, index) => first + index);
  });
  if (server === undefined || others.length === 0)
    throw new Error('The bench needs two cores, this process may use one.');
  return { server, others };
};

/** Moves this process, and so all that it will start, off the server's core. */
export const stayOff = (cores: Cores): void => {
  execFileSync('taskset', ['-a', '-c', '-p', cores.others.join(','), String(process.pid)], { stdio: 'ignore' });
};

/** Seconds of processor time that a process and its threads have used so far. */
export const processorTime = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Bytes of memory that a process holds. */
export const residentMemory = (pid: number): number =>
  Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;

/** Seconds that these cores together have been idle since the machine started. */
export const idleTime = (cores: readonly number[]): number => {
  const lines = readFileSync('/proc/stat', 'latin1').split('\n');
  const ticks = cores.map((core) => {
    const fields = lines.find((line) => line.startsWith(`cpu${core} `))?.split(' ') ?? [];
    return Number(fields[4]) + Number(fields[5]);
  });
  return ticks.reduce((sum, idle) => sum + idle, 0) / ticksPerSecond;
};

export const describeMachine = () => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory: totalmem(),
  kernel: release(),
  node: process.version,
});
