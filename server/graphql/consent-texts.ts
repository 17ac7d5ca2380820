/** What fields tell about people, in the words of the consent page. A field names a key; a key without a text does not compile. */

export type Language = 'en' | 'fr';

export interface ConsentText {
  readonly en: string;
  readonly fr: string;
}

export const consentTexts = {
  identifier: { en: 'That it is you, by an identifier', fr: 'Que c’est bien vous, par un identifiant' },
  username: { en: 'Username', fr: 'Nom d’utilisateur' },
  name: { en: 'Name', fr: 'Nom' },
  email: { en: 'E-mail address', fr: 'Adresse e-mail' },
  phone: { en: 'Phone number', fr: 'Numéro de téléphone' },
  address: { en: 'Postal address', fr: 'Adresse postale' },
  pages: { en: 'Picture and web pages', fr: 'Photo et pages web' },
  personal: { en: 'Gender and date of birth', fr: 'Genre et date de naissance' },
  locale: { en: 'Language and time zone', fr: 'Langue et fuseau horaire' },
  membership: { en: 'Since when you have an account', fr: 'Depuis quand vous avez un compte' },
  roles: { en: 'Your roles here', fr: 'Vos rôles ici' },
  profile: { en: 'Your profile', fr: 'Votre profil' },
  connectedApps: { en: 'The apps you have connected', fr: 'Les applications que vous avez connectées' },
  sessions: { en: 'Where you are signed in', fr: 'Où vous êtes connecté' },
  ownApps: { en: 'The apps you have registered', fr: 'Les applications que vous avez enregistrées' },
  accounts: { en: 'All accounts', fr: 'Tous les comptes' },
  apps: { en: 'All apps', fr: 'Toutes les applications' },
  apis: { en: 'All registered APIs', fr: 'Toutes les API enregistrées' },
  whileAway: { en: 'All of this also while you are away', fr: 'Tout cela aussi en votre absence' },
} satisfies Record<string, ConsentText>;

export type ConsentKey = keyof typeof consentTexts;

/** The language of the texts for a caller: French where it comes before English in `Accept-Language`, else English. */
export const consentLanguage = (acceptLanguage: string | undefined): Language => {
  const first = /(?:^|,)\s*(en|fr)\b/i.exec(acceptLanguage ?? '');
  return first?.[1]?.toLowerCase() === 'fr' ? 'fr' : 'en';
};
