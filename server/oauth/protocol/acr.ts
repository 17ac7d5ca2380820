/** How well a person proved who they are: the claim `acr` (OpenID Connect Core §2). */

/** By one thing that only they know: a password. */
export const singleFactor = 'urn:latchkey:acr:1fa';

/** `acr_values_supported` */
export const acrValues: readonly string[] = [singleFactor];
