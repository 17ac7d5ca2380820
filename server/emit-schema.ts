/** Writes `schema/schema.graphql`, from which the web client's types are made. Run in the package's folder. */
import { writeFileSync } from 'node:fs';
import { printApi } from './graphql/print-schema.ts';
import { createGraphQLSchema } from './graphql-schema.ts';

writeFileSync('schema/schema.graphql', printApi(createGraphQLSchema(null)));
