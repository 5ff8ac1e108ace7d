// What `posdoc.js` adds to a page. See docs/embedding.md.

export interface PosdocDetails {
  "posdoc:ready": Record<string, never>;
  "posdoc:open": Record<string, never>;
  "posdoc:close": Record<string, never>;
  /** A question, a step or an answer was shown. */
  "posdoc:turn": PosdocTurn;
  /** The merchant says it is solved. */
  "posdoc:solved": PosdocTurn;
  /** Handed over without being solved; `reason` says why. */
  "posdoc:unsolved": PosdocTurn;
  /** Not understood, or not about payment terminals. */
  "posdoc:unmatched": PosdocTurn;
  /** A person takes over. */
  "posdoc:handover": PosdocTurn;
  /** The merchant cleared the record: what the page has kept of it is to go as well. */
  "posdoc:clear": PosdocTurn;
  /** Something could not be loaded; `message` is what the merchant reads. */
  "posdoc:error": { message: string };
}

export interface PosdocTurn {
  /** Counted from 1. */
  turn: number;
  /** The topic's id, if there is one. */
  topic: string | null;
  /** In `posdoc:unsolved`: why, in the words of the button. */
  reason?: string;
  /** In the `posdoc:turn` after the end: whether the chat helped. */
  helped?: boolean;
  /** Only with `share-text`: what the merchant said or pressed before this, long numbers replaced by `*`. */
  text?: string;
}

export interface PosdocAttributes {
  mode?: "launcher" | "inline";
  opened?: boolean;
  query?: string;
  topic?: string;
  theme?: "auto" | "light" | "dark";
  hotline?: string;
  hotlineHours?: string;
  humanUrl?: string;
  provider?: string;
  device?: "desk" | "mobile" | "smart" | "scan-box" | "speaker" | "dongle" | "qr-stand";
  terminalSn?: string;
  merchantNumber?: string;
  /** A folder that `posdoc build --overlay … --out …` made. */
  pack?: string;
  /** Lets events carry what the merchant says, masked. Off unless given; `"false"` is off too. */
  shareText?: boolean | "true" | "false" | "";
}

/** The same, as written in HTML and in templates. */
export interface PosdocMarkup {
  mode?: PosdocAttributes["mode"];
  opened?: boolean;
  query?: string | null;
  topic?: string | null;
  theme?: PosdocAttributes["theme"];
  hotline?: string | null;
  "hotline-hours"?: string | null;
  "human-url"?: string | null;
  provider?: string | null;
  device?: PosdocAttributes["device"] | null;
  "terminal-sn"?: string | null;
  "merchant-number"?: string | null;
  pack?: string | null;
  "share-text"?: PosdocAttributes["shareText"];
}

export interface PosdocChat extends HTMLElement {
  mode: string | null;
  opened: boolean;
  query: string | null;
  topic: string | null;
  theme: string | null;
  hotline: string | null;
  hotlineHours: string | null;
  humanUrl: string | null;
  provider: string | null;
  device: string | null;
  terminalSn: string | null;
  merchantNumber: string | null;
  pack: string | null;
  get shareText(): string | null;
  set shareText(share: string | boolean | null | undefined);
  open(): void;
  close(): void;
  /** As if the merchant had typed it. Opens the chat. */
  ask(text: string): void;
  /** Starts over. */
  reset(): void;
  addEventListener<K extends keyof PosdocDetails>(kind: K, listener: (event: CustomEvent<PosdocDetails[K]>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(kind: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "posdoc-chat": PosdocChat;
  }
}

/**
 * Adds the loader to the page, once, and resolves when `<posdoc-chat>` can be used.
 *
 * @param source where `posdoc.js` is served; by default beside this package.
 * @param attributes for the launcher that appears if the page has no `<posdoc-chat>`.
 */
export function load(source?: string | URL, attributes?: PosdocAttributes): Promise<void>;
