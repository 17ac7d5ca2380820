/** What the pages say, in English: the list that every other language must match. */

export const en = {
  otherLanguage: { tag: 'fr', name: 'Français' },

  signIn: {
    title: 'Sign in',
    toContinueTo: 'to continue to',
    identifier: 'Username or e-mail',
    password: 'Password',
    button: 'Sign in',
    noAccount: 'No account yet?',
    signUp: 'Create one',
    noMatch: 'That name and password do not match.',
    locked: 'This account is locked. Ask an administrator.',
    tooMany: (minutes: number) =>
      `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    identifierMissing: 'Enter your username or e-mail address.',
    passwordMissing: 'Enter your password.',
  },

  signUp: {
    title: 'Create your account',
    username: 'Username',
    usernameHint: 'Letters, digits, dots, hyphens. Others may see it.',
    email: 'E-mail address',
    password: 'Password',
    passwordHint: 'At least 8 characters. Several words make a good one.',
    button: 'Create account',
    haveAccount: 'Have an account already?',
    signIn: 'Sign in',
    tooMany: (minutes: number) =>
      `Too many accounts were created from your network. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  },

  setUp: {
    title: 'Create the first administrator',
    lead: 'This link works once, while there is no administrator.',
    button: 'Create administrator',
  },

  signOut: {
    title: 'Sign out?',
    lead: (name: string) => `You are signed in as ${name}.`,
    button: 'Sign out',
    stay: 'Stay signed in',
    doneTitle: 'You are signed out',
    done: 'You can close this window.',
    signInAgain: 'Sign in again',
    appAsks: (app: string, name: string) => `${app} asks to sign you out. You are signed in as ${name}.`,
    goingOn: 'The apps that you used are being told. If nothing happens, go on.',
    goOn: 'Continue',
    refusedTitle: 'This sign-out cannot go on',
    refused: {
      hint_invalid:
        'The request to sign you out is invalid: its id_token_hint is not an ID token of this server for one app.',
      client_unknown: 'The app that sent you here is unknown: its client_id is not registered.',
      client_differs:
        'The request to sign you out is invalid: its client_id and its id_token_hint name different apps.',
      uri_unregistered:
        'The address to go on to (post_logout_redirect_uri) is not registered for this app. Nothing was sent there.',
    },
  },

  confirmEmail: {
    title: 'Confirm your e-mail address',
    lead: (email: string) => `Is ${email} your address?`,
    button: 'Yes, confirm it',
    doneTitle: 'Address confirmed',
    done: (email: string) => `${email} is confirmed.`,
    goOn: 'Go to your account',
    invalidTitle: 'This link does not work',
    invalid: 'It was used already, is older than a day, or is not complete. Your account page can send you a new one.',
  },

  consent: {
    title: (app: string) => `Allow ${app} to use your account?`,
    registeredBy: (destination: string, owner: string) => `${destination}, registered by ${owner}`,
    reads: 'It will read',
    changes: 'It will change',
    atApi: (api: string) => `At ${api}, it may`,
    knowsYouThere: 'Know that it is you',
    confirmed: 'confirmed',
    notConfirmed: 'not confirmed',
    allow: 'Allow',
    deny: 'Deny',
    afterwards: (destination: string) =>
      `You return to ${destination}. You can end this at any time under “Connected apps” of your account.`,
    signedInAs: (username: string) => `Signed in as ${username}.`,
    otherAccount: 'Use another account',
  },

  /** After the app's name. */
  appFace: { policy: 'Privacy policy', terms: 'Terms of service' },

  chooseAccount: {
    title: 'Choose an account',
    continueAs: (name: string) => `Continue as ${name}`,
    other: 'Use another account',
  },

  formPost: {
    title: 'Back to the app',
    text: 'You are on your way back to the app. If nothing happens, press the button.',
    button: 'Continue',
  },

  unsafeRequest: {
    title: 'This sign-in cannot go on',
    yourApp: (app: string) => `You registered ${app}, so only you see this.`,
    toYourApp: 'Go to its settings',
    registered: 'Registered',
    presented: 'In the request',
    noneRegistered: 'No redirect URI is registered.',
    differences: {
      scheme: 'They begin differently: http, https or another scheme.',
      host: 'The hosts are different.',
      port: 'The ports are different.',
      trailing_slash: 'One ends with a slash, the other does not.',
      case: 'Only capital and small letters are different.',
      path: 'The paths are different.',
      query: 'What stands after the path is different.',
      other: 'They are different addresses.',
    },
    client_missing: 'The request is invalid: it does not say which app it comes from (client_id is missing).',
    client_unknown: 'The app that sent you here is unknown: its client_id is not registered.',
    redirect_uri_missing: 'The request is invalid: it does not say where to return to (redirect_uri is missing).',
    redirect_uri_unregistered:
      'The address to return to is not registered for this app. Nothing was sent there. If it is your app, compare the redirect URI letter by letter.',
    request_object_invalid:
      'The request is invalid: its signed part (request) could not be verified, or does not belong to this app.',
    pushed_request_gone:
      'The request is invalid: its request_uri is unknown, was used already, or is too old. Go back to the app and try again.',
    request_gone:
      'This sign-in was finished already, took too long, or is unknown in this browser. Go back to the app and try again.',
  },

  device: {
    title: 'Connect a device',
    lead: 'Enter the code that your device shows.',
    compare:
      'Does your device show this very code? If you have no such device in front of you, do not go on: somebody else may be trying to get into your account.',
    code: 'Code',
    codeHint: 'Eight letters, such as WDJB-MJHT.',
    button: 'Continue',
    wrongCode: 'That code is not right, or it has expired. Look at your device again.',
    tooMany: (minutes: number) =>
      `Too many wrong codes. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    consentTitle: (app: string) => `Allow ${app} on your device to use your account?`,
    registeredBy: (owner: string) => `Registered by ${owner}`,
    warning: 'Allow this only if you began it yourself, and the device in front of you shows the code',
    afterwards: 'You can end this at any time under “Connected apps” of your account.',
    doneTitle: 'Your device is connected',
    done: (app: string) => `${app} goes on by itself in a moment. You can close this window.`,
    deniedTitle: 'You did not allow it',
    denied: (app: string) => `${app} gets no access to your account. You can close this window.`,
    expiredTitle: 'This code has expired',
    expired: 'Begin again on your device: it will show another code.',
    anotherCode: 'Enter another code',
  },

  inbox: {
    title: 'Inbox',
    lead: 'There is no mail server, so what would have been sent is shown here.',
    empty: 'Nothing has been sent yet.',
    to: 'To',
  },

  problems: {
    username: {
      REQUIRED: 'Choose a username.',
      TOO_SHORT: 'A username has at least 2 characters.',
      TOO_LONG: 'A username has at most 64 characters.',
      INVALID: 'Use letters, digits, dots, hyphens and underscores, and begin and end with a letter or digit.',
      TAKEN: 'That username is taken.',
      RESERVED: 'That username is reserved.',
    },
    email: {
      REQUIRED: 'Enter your e-mail address.',
      TOO_LONG: 'That address is too long.',
      INVALID: 'That is not an e-mail address.',
      TAKEN: 'There is an account with that address already.',
    },
    password: {
      REQUIRED: 'Choose a password.',
      TOO_SHORT: 'A password has at least 8 characters.',
      TOO_LONG: 'That password is too long.',
      INVALID: 'That password has characters that cannot be used.',
    },
    other: 'That cannot be used.',
  },

  failures: {
    malformed_request: {
      title: 'That did not arrive properly',
      text: 'Something is invalid in what your browser sent. Go back and try again.',
    },
    form_expired: {
      title: 'This form has expired',
      text: 'It was not opened in this browser, or cookies are blocked. Open the page again and try once more.',
    },
    not_found: { title: 'There is nothing here', text: 'The address is unknown, or what was here is gone.' },
    method_not_allowed: {
      title: 'That is not possible here',
      text: 'This address cannot be used in that way; the method is not allowed.',
    },
    too_large: { title: 'That is too much', text: 'What was sent is larger than this page accepts.' },
    unsupported_media_type: {
      title: 'That did not arrive properly',
      text: 'This page accepts forms only; what was sent has an invalid type.',
    },
    rate_limited: { title: 'Too many attempts', text: 'Wait a while, then try again.' },
    forbidden: { title: 'That is not allowed', text: 'Your account may not do this.' },
    server_error: { title: 'Something went wrong', text: 'It is our error, not yours. Try again in a moment.' },
  },
  openAgain: 'Open the page again',
  requestId: 'If you report it, name this number:',

  mail: {
    confirmEmail: {
      subject: (service: string) => `Confirm your e-mail address for ${service}`,
      greeting: (name: string) => `Hello ${name},`,
      text: (service: string) => `somebody, most likely you, gave this address for an account at ${service}.`,
      button: 'Confirm this address',
      expiry: 'The link works once, within a day. If it was not you, do nothing.',
    },
    linkHint: 'If the button does not work, copy this address into your browser:',
  },
};

/** The shape that every language fills. */
export type Texts = Omit<typeof en, 'otherLanguage'> & { otherLanguage: { tag: string; name: string } };
