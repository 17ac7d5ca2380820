import { expect, test } from 'vitest';
import { checkArchitecture } from '../bin/architecture.js';

test('every part imports only what stands before it, and there is no cycle', () => {
  const { problems, files } = checkArchitecture();
  expect(problems).toEqual([]);
  expect(files).toBeGreaterThan(100);
});
