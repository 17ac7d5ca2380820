/** What the tabs of one browser tell each other: that the person signed out, and whether signing in silently is worth a try. */

const channelName = 'latchkey';
const flag = 'latchkey:signed-in';

const storage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    // Blocked by the person's settings: then every visit begins on the landing page.
    return null;
  }
};

export class OtherTabs {
  readonly #channel = new BroadcastChannel(channelName);

  onSignedOut(listener: () => void): void {
    this.#channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data === 'signed-out') listener();
    });
  }

  announceSignedOut(): void {
    this.#channel.postMessage('signed-out');
  }

  /** A hint, never a proof: the server decides. */
  get wasSignedIn(): boolean {
    return storage()?.getItem(flag) === 'yes';
  }

  rememberSignedIn(signedIn: boolean): void {
    if (signedIn) storage()?.setItem(flag, 'yes');
    else storage()?.removeItem(flag);
  }
}
