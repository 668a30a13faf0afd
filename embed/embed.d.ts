/**
 * Types of embed.js: the element `<wan-playground>` and what it tells.
 *
 * Everything here is data. A key never crosses the border of the frame, in either direction.
 */

/** Which theme the page takes. `auto` follows the host, live. */
export type WanTheme = 'auto' | 'light' | 'dark';

/** What the reader cannot change: the gateway, or gateway and model. */
export type WanLock = '' | 'gateway' | 'model';

/** What is shown of the page. A result shows itself once there is one; tasks and history only where nothing is said. */
export type WanShow = '' | 'form' | 'request' | 'form request' | 'compact';

/** When the page is put into its frame: when the element comes into view, or on a press of its button. */
export type WanMount = 'view' | 'click';

/**
 * Fields by their neutral ids (`prompt`, `duration`, `tier`, …), as the page's own links write them: numbers as they are
 * or as text, flags as booleans, media as addresses, `references` as a list of `image:https://…` and `video:https://…`.
 */
export type WanFields = Record<string, string | number | boolean | string[]>;

/** The page is up, and knows who asks. */
export interface WanReady {
  gateway: string;
  model: string;
  lang: 'en' | 'zh-CN';
}

/** A value of the draft. A file of the reader's disk is named, and stays where it is. */
export type WanValue =
  | string
  | boolean
  | { url: string }
  | { file: { name: string; format?: string; bytes: number; width?: number; height?: number } }
  | { url: string; kind: 'image' | 'audio' | 'video'; voice?: string }[];

/** What the reader wants now. */
export interface WanChange {
  gateway: string;
  model: string;
  /** By neutral field ids; only what is filled in. */
  draft: Record<string, WanValue>;
  /** The create call for a POSIX shell, with a variable in the place of the key. */
  curl: string;
  /** Nothing is missing but perhaps a key. */
  complete: boolean;
}

/** What it would cost; `null` where nobody publishes a price. Amounts are decimal texts. */
export type WanEstimate = {
  currency: string;
  /** The result alone; `null` where its length is not known before. */
  total: string | null;
  /** With all input that may be billed. */
  atMost: string | null;
  perSecond: string;
  /** `own`: the gateway's own price; `reference`: the model maker's, as an orientation. */
  basis: 'own' | 'quoted' | 'reference';
} | null;

/** How a task that was begun in this frame stands. */
export interface WanTask {
  /** The gateway's id; `null` until it has one. */
  id: string | null;
  gateway: string;
  model: string;
  state: WanState;
  /** The address of the video, where the gateway gives one that needs no key. It ends after hours or a day. */
  link: string | null;
}

export type WanState = 
  | 'sending'
  | 'not_sent'
  | 'by_hand'
  | 'refused'
  | 'doubtful'
  | 'waiting'
  | 'fetching'
  | 'done'
  | 'failed'
  | 'canceled'
  | 'lost';

/** What the author of the host page has to mend; it is also in the console, and never shown to the reader. */
export interface WanError {
  /** An attribute or property that is none; a model, gateway or field that is not there; no answer from the page. */
  code: 'attribute' | 'wish' | 'refused';
  message: string;
}

export interface WanPlaygroundEventMap {
  ready: CustomEvent<WanReady>;
  change: CustomEvent<WanChange>;
  estimate: CustomEvent<WanEstimate>;
  task: CustomEvent<WanTask>;
  error: CustomEvent<WanError>;
}

/** `<wan-playground>`. Attributes and properties have the same names; a wrong value is ignored with a warning. */
export declare class WanPlayground extends HTMLElement {
  /** Id of the model, as in the page's own links. Empty: the page's first. */
  model: string;
  /** Id of the gateway. Empty: the page's own choice. */
  gateway: string;
  /** Language tag; empty: that of the host's document, if it names one. */
  lang: string;
  theme: WanTheme;
  lock: WanLock;
  show: WanShow;
  mount: WanMount;
  /** Pixels reserved until the content tells its own height. */
  height: number;
  fields: WanFields | null;
  /** Puts the page into its frame now. */
  load(): void;
  addEventListener<K extends keyof WanPlaygroundEventMap>(
    type: K,
    listener: (this: WanPlayground, event: WanPlaygroundEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'wan-playground': WanPlayground;
  }
}
