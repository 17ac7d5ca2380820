/** The proof of possession in a request to the authorization server itself: what it gives is bound to that key (RFC 9449 §5, §10.1). */
import type { Request, Response } from 'express';
import type { DpopProofs } from '../tokens/dpop.ts';

/** The path that was called, without its query. */
export const pathOf = (req: Request): string => req.originalUrl.split('?', 1)[0] ?? '';

/**
 * Uses up the proof that came with the request, and tells the client its next nonce.
 * @returns the thumbprint of its key; null where there is no proof
 * @throws OAuthError `invalid_dpop_proof`, `use_dpop_nonce`
 */
export const useProof = async (req: Request, res: Response, proofs: DpopProofs): Promise<string | null> => {
  const presented = req.headers.dpop;
  if (typeof presented !== 'string') return null;
  const nonce = proofs.nonce();
  if (nonce !== null) res.set('DPoP-Nonce', nonce);
  const proof = await proofs.verify(presented, { method: req.method, path: pathOf(req) });
  await proofs.use(proof);
  return proof.jkt;
};
