import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/database-server.ts'],
    // One copy of graphql for the tests and for the libraries that they share it with.
    server: {
      deps: { inline: ['type-graphql', 'graphql-scalars', 'graphql', '@graphql-tools/utils', '@apollo/server'] },
    },
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // A busy machine takes longer than the second that is usual.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    // Loading the server takes longer than most files' tests: a worker loads it once. No test leaves anything behind in its process.
    isolate: false,
    restoreMocks: true,
  },
});
