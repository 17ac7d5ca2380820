import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for the web client: the schema and the client's own documents in, `client-web/src/graphql/generated/` out. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: ['client-web/src/**/*.{ts,tsx}', '!client-web/src/graphql/generated/**'],
  generates: {
    'client-web/src/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
