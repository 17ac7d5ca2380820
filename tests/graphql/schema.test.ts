/** What is committed is what the server serves. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { printApi } from '../../server/graphql/print-schema.ts';
import { createGraphQLSchema } from '../../server/graphql-schema.ts';

test('schema/schema.graphql is the schema that the server serves', async () => {
  const committed = await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
  expect(committed, 'run `npm run schema`').toBe(printApi(createGraphQLSchema(null)));
});

test('no mutation takes a password or a code as proof', async () => {
  const inputs = Object.values(createGraphQLSchema(null).getTypeMap()).filter(({ name }) => name.endsWith('Input'));
  const proofs = inputs.flatMap((input) =>
    Object.keys('getFields' in input ? input.getFields() : {})
      .filter((field) => /password|secret|otp$|token$|^code$|(user|device|recovery)code/i.test(field))
      .map((field) => `${input.name}.${field}`),
  );
  // The password of an account that an administrator creates proves nothing.
  expect(proofs).toEqual(['CreateUserInput.password']);
});
