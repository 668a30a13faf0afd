// Wan Playground as an element of any page: <wan-playground model="…" gateway="…" lang="…" theme="…" fields='{…}'>.
//
// It shows a light placeholder and puts the page into a frame when it comes into view, or when it is asked to. It stands
// beside index.html and finds it there. Nothing else is loaded; types and events are told in embed.d.ts.

const PAGE = new URL('./index.html', import.meta.url);
const VERSION = 1;
const DARK = matchMedia('(prefers-color-scheme: dark)');

const isText = (value) => typeof value === 'string';
const isPlain = (value) => isText(value) || typeof value === 'boolean' || Number.isFinite(value);
const word = (...words) => [words[0], (value) => words.includes(value), `one of ${words.join(', ')}`];
const text = (what) => ['', (value) => isText(value) && value.length < 200, what];

// Name: what stands if nothing is said, whether a value is one, what to say if it is none.
const SPEC = {
  model: text('the id of a model'),
  gateway: text('the id of a gateway'),
  lang: text('a language tag such as zh or en'),
  theme: word('auto', 'light', 'dark'),
  lock: word('', 'gateway', 'model'),
  show: word('', 'form', 'request', 'form request', 'compact'),
  mount: word('view', 'click'),
  height: [640, (value) => value >= 100 && value <= 5000, 'a number of pixels from 100 to 5000'],
  fields: [
    null,
    (value) =>
      value?.constructor === Object &&
      Object.values(value).every((one) => (Array.isArray(one) ? one.every(isText) : isPlain(one))),
    'an object of texts, numbers, flags, and lists of texts, as JSON in the attribute',
  ],
};
const NAMES = Object.keys(SPEC);
const EVENTS = ['ready', 'change', 'estimate', 'task'];
// How long the page may be silent: after its frame has loaded, and at all.
const SILENT_MS = 5000;
const LATE_MS = 20000;

// As a property a value has its type; as an attribute it is text.
const typed = (name, value) => (name === 'height' && isText(value) ? NaN : value);
const read = (name, value) => {
  if (name === 'height') return value.trim() ? Number(value) : NaN;
  if (name !== 'fields') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
div { position: relative; overflow: hidden; border: 1px solid #8886; border-radius: 12px; box-sizing: border-box; background: Canvas; color: CanvasText; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: normal; }
iframe + p { display: none; }
iframe.coming { position: absolute; opacity: 0; }
iframe.coming + p { display: grid; }
p { display: grid; place-content: center; justify-items: center; gap: 12px; height: 100%; margin: 0; font: 15px/1.5 system-ui, sans-serif; text-align: center; overflow-wrap: anywhere; }
code { font: 13px ui-monospace, monospace; }
a { color: LinkText; }
button { font: inherit; min-height: 40px; padding: 4px 24px; border: 1px solid #88f; border-radius: 8px; cursor: pointer; }`;
let sheet;
const styled = (root) => {
  // A sheet made by script passes every policy; where there is none of that kind, a style element may.
  try {
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(made('style', STYLE));
  }
};
const made = (tag, words = '') => Object.assign(document.createElement(tag), { textContent: words });

/** Whether what is painted behind an element is dark, for pages that do not say. */
const isOnDark = (element) => {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
    const color = getComputedStyle(at).backgroundColor;
    const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    if (/^rgb/.test(color) && alpha > 0.5) return red * 0.3 + green * 0.59 + blue * 0.11 < 128;
    if (/^ok/.test(color)) return red < 0.5;
  }
  return false;
};

class WanPlayground extends HTMLElement {
  static observedAttributes = NAMES;

  static {
    for (const name of NAMES) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get() {
          return this.#values[name] ?? SPEC[name][0];
        },
        set(value) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else if (this.#isRight(name, typed(name, value))) {
            this.setAttribute(name, isPlain(value) ? value : JSON.stringify(value));
          }
        },
      });
    }
  }

  #values = {};
  #root = this.attachShadow({ mode: 'open' });
  #box = made('div');
  #frame = null;
  /** What the frame was told last. */
  #told = {};
  #moment = null;
  /** The height its content has. */
  #content = 0;
  /** Ends everything that listens. */
  #end = null;
  #viewer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.load());

  #isRight(name, value) {
    const [, fits, expected] = SPEC[name];
    const right = fits(value);
    if (!right) this.#fault('attribute', `${name} is ignored; expected: ${expected}.`);
    return right;
  }

  /** Tells the author of the host page, and not its reader. */
  #fault(code, message) {
    console.warn(`<wan-playground>: ${message}`);
    this.dispatchEvent(new CustomEvent('error', { detail: { code, message } }));
  }

  attributeChangedCallback(name, _, value) {
    const next = value === null ? null : read(name, value);
    if (value !== null && !this.#isRight(name, next)) return;
    this.#values[name] = next;
    if (!this.#frame) this.#place();
    this.#watch();
    this.#tell();
  }

  connectedCallback() {
    // What was set before this file had arrived.
    for (const name of NAMES) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    styled(this.#root);
    this.#end = new AbortController();
    const { signal } = this.#end;
    addEventListener('message', (event) => this.#hear(event), { signal });
    for (const name of ['scroll', 'resize']) {
      addEventListener(name, () => this.#fit(), { signal, passive: true, capture: true });
    }
    // The host may change its theme or language in any way that shows at its root.
    const follow = () => this.#tell();
    const watcher = new MutationObserver(() => {
      follow();
      setTimeout(follow, 400);
    });
    for (const element of [document.documentElement, document.body]) watcher.observe(element, { attributes: true });
    DARK.addEventListener('change', follow, { signal });
    this.#root.append(this.#box);
    this.#place();
    this.#watch();
    signal.addEventListener('abort', () => {
      watcher.disconnect();
      this.#viewer.disconnect();
    });
  }

  /** Mounts when it comes into view, if that is wanted. */
  #watch() {
    this.#viewer.disconnect();
    if (!this.#frame && this.isConnected && this.mount === 'view') this.#viewer.observe(this);
  }

  disconnectedCallback() {
    this.#end.abort();
    this.#frame = null;
    this.#box.replaceChildren();
  }

  /** Puts the page into its frame now. */
  load() {
    if (this.#frame || !this.isConnected) return;
    const frame = made('iframe');
    const link = this.#link();
    const options = Object.entries(this.#settings()).filter(([, value]) => value);
    this.#told = { link };
    frame.src = `${PAGE}#embed${options.map((pair) => `,${pair.join('=')}`).join('')}/${link}`;
    frame.title = this.#title();
    frame.allow = 'clipboard-write; fullscreen';
    // The page names the site it sits in, whatever that site sends elsewhere.
    frame.referrerPolicy = 'origin';
    frame.className = 'coming';
    frame.onload = () => {
      frame.className = '';
      this.#await(frame, SILENT_MS);
    };
    this.#await(frame, LATE_MS);
    this.#frame = frame;
    this.#box.prepend(frame);
  }

  /** What stands there until then. */
  #place() {
    const chinese = this.#lang() === 'zh';
    const button = made('button', chinese ? '载入' : 'Load');
    button.onclick = () => {
      this.load();
      this.#frame.focus();
    };
    const card = made('p');
    card.append(made('b', 'Wan Playground'), made('code', this.model), button);
    Object.assign(this.#box.style, { height: `${this.height}px`, colorScheme: this.isConnected ? this.#theme() : '' });
    this.#box.replaceChildren(card);
  }

  /** A frame that does not speak in time was refused, or there is no page: the reader gets a link instead. */
  #await(frame, patience) {
    setTimeout(() => {
      if (this.#frame !== frame || this.#told.heard || this.#told.refused) return;
      this.#told.refused = true;
      const chinese = this.#lang() === 'zh';
      const link = made('a', chinese ? '在新标签页中打开' : 'Open in a new tab');
      Object.assign(link, { href: `${PAGE}#${this.#link()}`, target: '_blank', rel: 'noopener' });
      this.#box.lastChild.replaceChildren(made('b', this.#title()), made('span', chinese ? '无法在此网页中显示。' : 'It can’t be shown inside this page.'), link);
      // It keeps its place: a page that was only slow is shown when it speaks after all.
      frame.className = 'coming';
      this.#fault('refused', `no answer from ${PAGE}. Is it deployed there, and does its Content-Security-Policy allow this site (frame-ancestors ${location.origin})? Locally: cargo xtask play --embed-from ${location.origin}`);
    }, patience);
  }

  #title() {
    return `Wan Playground ${this.model}`.trim();
  }

  #lang() {
    const tag = this.#values.lang || this.parentElement?.closest('[lang]')?.lang;
    return tag && (/^zh/i.test(tag) ? 'zh' : 'en');
  }

  #settings() {
    return { theme: this.#theme(), lang: this.#lang(), lock: this.lock, show: this.show.replace(' ', '-') };
  }

  #theme() {
    if (this.theme !== 'auto') return this.theme;
    const said = getComputedStyle(this).colorScheme;
    const scheme = said === 'normal' ? document.querySelector('meta[name="color-scheme"]')?.content : said;
    const [light, dark] = [/light/, /dark/].map((one) => one.test(scheme));
    const isDark = light && dark ? DARK.matches : light || dark ? dark : isOnDark(this);
    return isDark ? 'dark' : 'light';
  }

  /** The wish, as the page's own links write it. */
  #link() {
    const fields = Object.entries(this.fields ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    const pairs = fields.map((pair) => pair.map(encodeURIComponent).join('='));
    return `1/${encodeURIComponent(this.gateway)}/${encodeURIComponent(this.model)}${pairs.length ? '?' : ''}${pairs.join('&')}`;
  }

  /** Tells the frame in a moment: it hears so many words a second and no more, and the last one counts. */
  #tell() {
    this.#moment ??= setTimeout(() => {
      this.#moment = null;
      if (!this.#frame) this.#box.style.colorScheme = this.#theme();
      else if (this.#told.heard) this.#tellNow();
    }, 120);
  }

  /** Tells what has changed since it was told last. */
  #tellNow() {
    const { theme, lang, lock, show } = this.#settings();
    const link = this.#link();
    const told = this.#told;
    if (theme !== told.theme || lang !== told.lang || lock !== told.lock || show !== told.show) {
      this.#post({ type: 'set', theme, lang, lock: lock || 'none', show: show || 'all' });
    }
    if (link !== told.link) this.#post({ type: 'wish', link });
    this.#told = { theme, lang, lock, show, link, heard: true };
    this.#frame.title = this.#title();
  }

  #post(message) {
    this.#frame.contentWindow.postMessage({ wan: VERSION, ...message }, PAGE.origin);
  }

  #hear(event) {
    if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== PAGE.origin) return;
    const { data } = event;
    if (data?.wan !== VERSION) return;
    if (data.type === 'hello') {
      // The answer tells the page who asks; from then on it speaks.
      this.#frame.className = '';
      this.#told = { link: this.#told.link, heard: true };
      this.#tellNow();
    } else if (data.type === 'height' && data.height > 0) {
      this.#content = Math.min(Math.ceil(data.height) + 2, 20000);
      this.#fit(data.asked === true);
    } else if (data.type === 'fault') {
      this.#fault('wish', String(data.detail?.message));
    } else if (EVENTS.includes(data.type)) {
      this.dispatchEvent(new CustomEvent(data.type, { detail: data.detail }));
    }
  }

  /**
   * Takes the height of the content, as soon as nothing moves under the reader's eyes: when the lower edge lies below
   * what is seen, before and after; or when the reader has just done something in the frame. Until then it scrolls.
   */
  #fit(asked = false) {
    if (!this.#frame || !this.#content) return;
    const { top, height } = this.#box.getBoundingClientRect();
    if (height === this.#content) return;
    if (asked || top + Math.min(height, this.#content) >= innerHeight) this.#box.style.height = `${this.#content}px`;
  }
}

if (!customElements.get('wan-playground')) customElements.define('wan-playground', WanPlayground);
export { WanPlayground };
