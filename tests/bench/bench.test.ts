/** That the parts of the bench work together; what it measures is no test's business. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { contenders, typescriptFlags } from '../../bench/contenders.ts';
import { cases, takesPart } from '../../bench/conversations.ts';
import type { Results } from '../../bench/report.ts';
import { build } from '../../bin/build.js';

const run = promisify(execFile);

/** It binds processes to cores: it needs Linux with taskset, and two cores. */
const canRun = (() => {
  try {
    return execFileSync('taskset', ['-c', '0,1', 'nproc'], { encoding: 'utf8', stdio: 'pipe' }).trim() === '2';
  } catch {
    return false;
  }
})();

describe.skipIf(!canRun)('npm run bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-test-'));
  beforeAll(() => build(['server']));
  afterAll(() => rmSync(folder, { recursive: true }));

  const cluster = new URL(inject('templateDatabase'));
  cluster.pathname = '/postgres';
  const bench = (...options: string[]) =>
    run(process.execPath, [...typescriptFlags, 'bench/main.ts', '--database', cluster.href, ...options]);
  const small = [
    '--accounts',
    '50',
    '--connections',
    '4',
    '--warm-up',
    '40',
    '--rounds',
    '1',
    '--seconds',
    '0.2',
    '--quick',
  ];

  it('measures every server in every case', { timeout: 120_000 }, async () => {
    const output = join(folder, 'results.json');
    const { stdout } = await bench(...small, '--output', output);
    const results = JSON.parse(readFileSync(output, 'utf8')) as Results;
    expect(results.lines.map((line) => `${line.case} ${line.contender}`)).toEqual(
      cases.flatMap((name) =>
        contenders.filter((contender) => takesPart(contender, name)).map((contender) => `${name} ${contender}`),
      ),
    );
    for (const line of results.lines) {
      expect(line.rounds).toHaveLength(1);
      expect(line.median.requests).toBeGreaterThan(0);
      expect(line.median.memory).toBeGreaterThan(0);
    }
    expect(stdout).toContain('x floor');
  });

  it('names an option that there is not', async () => {
    await expect(bench('--case', 'sign-in')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is me, me_dpop, userinfo, client_credentials,'),
    });
  });
});
