/** An app as an operator registers it from the command line, beside the running server. */
import type { TestClient } from '../support/personas.ts';
import type { Product } from '../support/product.ts';

/** One that signs people in without asking them, and may speak for itself. */
export const registerWebApp = async (product: Product): Promise<Omit<TestClient, 'id'>> => {
  const redirectUri = 'http://localhost:9999/callback';
  const { client_id: clientId, client_secret: clientSecret } = await product.ask<Record<string, string>>(
    ...['apps', 'create', '--name', 'Forum', '--type', 'web', '--redirect-uri', redirectUri, '--trusted'],
    ...['authorization_code', 'refresh_token', 'client_credentials'].flatMap((grant) => ['--grant', grant]),
  );
  if (clientId === undefined || clientSecret === undefined) throw new Error('The app was given no credentials.');
  return { clientId, clientSecret, redirectUri };
};
