/** What the pages say, in French. */
import type { Texts } from './texts.en.ts';

export const fr: Texts = {
  otherLanguage: { tag: 'en', name: 'English' },

  signIn: {
    title: 'Connexion',
    toContinueTo: 'pour continuer vers',
    identifier: 'Nom d’utilisateur ou e-mail',
    password: 'Mot de passe',
    button: 'Se connecter',
    noAccount: 'Pas encore de compte ?',
    signUp: 'En créer un',
    noMatch: 'Ce nom et ce mot de passe ne correspondent pas.',
    locked: 'Ce compte est verrouillé. Adressez-vous à un administrateur.',
    tooMany: (minutes) => `Trop de tentatives. Réessayez dans ${minutes === 1 ? 'une minute' : `${minutes} minutes`}.`,
    identifierMissing: 'Saisissez votre nom d’utilisateur ou votre adresse e-mail.',
    passwordMissing: 'Saisissez votre mot de passe.',
  },

  signUp: {
    title: 'Créer votre compte',
    username: 'Nom d’utilisateur',
    usernameHint: 'Lettres, chiffres, points, traits d’union. D’autres peuvent le voir.',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    passwordHint: 'Au moins 8 caractères. Plusieurs mots font un bon mot de passe.',
    button: 'Créer le compte',
    haveAccount: 'Vous avez déjà un compte ?',
    signIn: 'Se connecter',
    tooMany: (minutes) =>
      `Trop de comptes ont été créés depuis votre réseau. Réessayez dans ${minutes === 1 ? 'une minute' : `${minutes} minutes`}.`,
  },

  setUp: {
    title: 'Créer le premier administrateur',
    lead: 'Ce lien fonctionne une fois, tant qu’il n’y a pas d’administrateur.',
    button: 'Créer l’administrateur',
  },

  signOut: {
    title: 'Se déconnecter ?',
    lead: (name) => `Vous êtes connecté en tant que ${name}.`,
    button: 'Se déconnecter',
    stay: 'Rester connecté',
    doneTitle: 'Vous êtes déconnecté',
    done: 'Vous pouvez fermer cette fenêtre.',
    signInAgain: 'Se reconnecter',
    appAsks: (app, name) => `${app} demande à vous déconnecter. Vous êtes connecté en tant que ${name}.`,
    goingOn: 'Les applications que vous avez utilisées en sont informées. Si rien ne se passe, continuez.',
    goOn: 'Continuer',
    refusedTitle: 'Cette déconnexion ne peut pas continuer',
    refused: {
      hint_invalid:
        'La demande de déconnexion est invalide : son id_token_hint n’est pas un jeton d’identité de ce serveur pour une application.',
      client_unknown: 'L’application qui vous envoie ici est inconnue : son client_id n’est pas enregistré.',
      client_differs:
        'La demande de déconnexion est invalide : son client_id et son id_token_hint désignent des applications différentes.',
      uri_unregistered:
        'L’adresse où continuer (post_logout_redirect_uri) n’est pas enregistrée pour cette application. Rien n’y a été envoyé.',
    },
  },

  confirmEmail: {
    title: 'Confirmer votre adresse e-mail',
    lead: (email) => `${email} est-elle votre adresse ?`,
    button: 'Oui, la confirmer',
    doneTitle: 'Adresse confirmée',
    done: (email) => `${email} est confirmée.`,
    goOn: 'Aller à votre compte',
    invalidTitle: 'Ce lien ne fonctionne pas',
    invalid:
      'Il a déjà été utilisé, date de plus d’un jour ou est incomplet. Votre page de compte peut vous en envoyer un nouveau.',
  },

  consent: {
    title: (app) => `Autoriser ${app} à utiliser votre compte ?`,
    registeredBy: (destination, owner) => `${destination}, enregistrée par ${owner}`,
    reads: 'Elle lira',
    changes: 'Elle modifiera',
    atApi: (api) => `Auprès de ${api}, elle pourra`,
    knowsYouThere: 'Savoir que c’est vous',
    confirmed: 'confirmée',
    notConfirmed: 'non confirmée',
    allow: 'Autoriser',
    deny: 'Refuser',
    afterwards: (destination) =>
      `Vous retournerez à ${destination}. Vous pourrez y mettre fin à tout moment dans « Applications connectées » de votre compte.`,
    signedInAs: (username) => `Connecté en tant que ${username}.`,
    otherAccount: 'Utiliser un autre compte',
  },

  appFace: { policy: 'Politique de confidentialité', terms: 'Conditions d’utilisation' },

  chooseAccount: {
    title: 'Choisir un compte',
    continueAs: (name) => `Continuer en tant que ${name}`,
    other: 'Utiliser un autre compte',
  },

  formPost: {
    title: 'Retour à l’application',
    text: 'Vous retournez à l’application. Si rien ne se passe, appuyez sur le bouton.',
    button: 'Continuer',
  },

  unsafeRequest: {
    title: 'Cette connexion ne peut pas continuer',
    yourApp: (app) => `Vous avez enregistré ${app} ; vous seul voyez donc ceci.`,
    toYourApp: 'Aller à ses réglages',
    registered: 'Enregistrée',
    presented: 'Dans la demande',
    noneRegistered: 'Aucune URI de redirection n’est enregistrée.',
    differences: {
      scheme: 'Elles commencent différemment : http, https ou un autre schéma.',
      host: 'Les hôtes sont différents.',
      port: 'Les ports sont différents.',
      trailing_slash: 'L’une se termine par une barre oblique, l’autre non.',
      case: 'Seules les majuscules et les minuscules diffèrent.',
      path: 'Les chemins sont différents.',
      query: 'Ce qui suit le chemin est différent.',
      other: 'Ce sont des adresses différentes.',
    },
    client_missing: 'La demande est invalide : elle ne dit pas de quelle application elle vient (client_id manque).',
    client_unknown: 'L’application qui vous envoie ici est inconnue : son client_id n’est pas enregistré.',
    redirect_uri_missing: 'La demande est invalide : elle ne dit pas où retourner (redirect_uri manque).',
    redirect_uri_unregistered:
      'L’adresse de retour n’est pas enregistrée pour cette application. Rien n’y a été envoyé. Si c’est votre application, comparez l’URI de redirection lettre par lettre.',
    request_object_invalid:
      'La demande est invalide : sa partie signée (request) n’a pas pu être vérifiée, ou n’appartient pas à cette application.',
    pushed_request_gone:
      'La demande est invalide : son request_uri est inconnu, a déjà servi, ou est trop ancien. Retournez à l’application et réessayez.',
    request_gone:
      'Cette connexion est déjà terminée, a pris trop de temps, ou est inconnue dans ce navigateur. Retournez à l’application et réessayez.',
  },

  device: {
    title: 'Connecter un appareil',
    lead: 'Saisissez le code que votre appareil affiche.',
    compare:
      'Votre appareil affiche-t-il exactement ce code ? Si vous n’avez pas un tel appareil devant vous, n’allez pas plus loin : quelqu’un d’autre cherche peut-être à entrer dans votre compte.',
    code: 'Code affiché',
    codeHint: 'Huit lettres, par exemple WDJB-MJHT.',
    button: 'Continuer',
    wrongCode: 'Ce code n’est pas le bon, ou il a expiré. Regardez de nouveau votre appareil.',
    tooMany: (minutes) =>
      `Trop de codes erronés. Réessayez dans ${minutes === 1 ? 'une minute' : `${minutes} minutes`}.`,
    consentTitle: (app) => `Autoriser ${app}, sur votre appareil, à utiliser votre compte ?`,
    registeredBy: (owner) => `Enregistrée par ${owner}`,
    warning: 'Autorisez ceci seulement si vous l’avez commencé vous-même et que l’appareil devant vous affiche le code',
    afterwards: 'Vous pourrez y mettre fin à tout moment dans « Applications connectées » de votre compte.',
    doneTitle: 'Votre appareil est connecté',
    done: (app) => `${app} continue d’elle-même dans un instant. Vous pouvez fermer cette fenêtre.`,
    deniedTitle: 'Vous ne l’avez pas autorisé',
    denied: (app) => `${app} n’a aucun accès à votre compte. Vous pouvez fermer cette fenêtre.`,
    expiredTitle: 'Ce code a expiré',
    expired: 'Recommencez sur votre appareil : il affichera un autre code.',
    anotherCode: 'Saisir un autre code',
  },

  inbox: {
    title: 'Boîte de réception',
    lead: 'Il n’y a pas de serveur de courrier ; ce qui aurait été envoyé s’affiche ici.',
    empty: 'Rien n’a encore été envoyé.',
    to: 'À',
  },

  problems: {
    username: {
      REQUIRED: 'Choisissez un nom d’utilisateur.',
      TOO_SHORT: 'Un nom d’utilisateur a au moins 2 caractères.',
      TOO_LONG: 'Un nom d’utilisateur a au plus 64 caractères.',
      INVALID:
        'Utilisez des lettres, chiffres, points, traits d’union et tirets bas ; commencez et finissez par une lettre ou un chiffre.',
      TAKEN: 'Ce nom d’utilisateur est déjà pris.',
      RESERVED: 'Ce nom d’utilisateur est réservé.',
    },
    email: {
      REQUIRED: 'Saisissez votre adresse e-mail.',
      TOO_LONG: 'Cette adresse est trop longue.',
      INVALID: 'Ce n’est pas une adresse e-mail.',
      TAKEN: 'Un compte existe déjà avec cette adresse.',
    },
    password: {
      REQUIRED: 'Choisissez un mot de passe.',
      TOO_SHORT: 'Un mot de passe a au moins 8 caractères.',
      TOO_LONG: 'Ce mot de passe est trop long.',
      INVALID: 'Ce mot de passe contient des caractères inutilisables.',
    },
    other: 'Cette valeur n’est pas utilisable.',
  },

  failures: {
    malformed_request: {
      title: 'Cela n’est pas bien arrivé',
      text: 'Ce que votre navigateur a envoyé n’est pas valide. Revenez en arrière et réessayez.',
    },
    form_expired: {
      title: 'Ce formulaire a expiré',
      text: 'Il n’a pas été ouvert dans ce navigateur, ou les cookies sont bloqués. Rouvrez la page et réessayez.',
    },
    not_found: { title: 'Il n’y a rien ici', text: 'L’adresse est inconnue, ou ce qui s’y trouvait a disparu.' },
    method_not_allowed: {
      title: 'Ce n’est pas possible ici',
      text: 'Cette adresse ne s’utilise pas ainsi ; la méthode n’est pas permise.',
    },
    too_large: { title: 'C’est trop', text: 'Ce qui a été envoyé dépasse ce que cette page accepte.' },
    unsupported_media_type: {
      title: 'Cela n’est pas bien arrivé',
      text: 'Cette page n’accepte que des formulaires ; le type de ce qui a été envoyé n’est pas valide.',
    },
    rate_limited: { title: 'Trop de tentatives', text: 'Patientez un peu, puis réessayez.' },
    forbidden: { title: 'Ce n’est pas permis', text: 'Votre compte ne peut pas faire cela.' },
    server_error: { title: 'Un problème est survenu', text: 'L’erreur vient de nous. Réessayez dans un instant.' },
  },
  openAgain: 'Rouvrir la page',
  requestId: 'Si vous le signalez, indiquez ce numéro :',

  mail: {
    confirmEmail: {
      subject: (service) => `Confirmez votre adresse e-mail pour ${service}`,
      greeting: (name) => `Bonjour ${name},`,
      text: (service) => `quelqu’un, sans doute vous, a donné cette adresse pour un compte chez ${service}.`,
      button: 'Confirmer cette adresse',
      expiry: 'Le lien fonctionne une fois, pendant un jour. Si ce n’était pas vous, ne faites rien.',
    },
    linkHint: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  },
};
