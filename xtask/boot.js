// Starts the page. The only script of ours that is not Rust: it runs before the wasm has arrived, as a plain blocking
// script, so that language and theme stand before the first paint, and it is what speaks up when nothing else can.
// The finished index.html names its files in the data attributes of our own script element.
(() => {
  'use strict';
  const root = document.documentElement;
  const mine = document.currentScript ? document.currentScript.dataset : {};

  // Private windows may refuse storage by throwing.
  const remembered = (key) => {
    try {
      return localStorage.getItem(key) || '';
    } catch {
      return '';
    }
  };

  // Shown within another page, its host says how: nothing of that is remembered, nor taken from what was.
  const embed = /^#embed(?=[,/]|$)([^/]*)/.exec(location.hash);
  const option = (name) => embed?.[1].match(`,${name}=([a-z-]+)`)?.[1] ?? '';
  if (embed || parent !== window) {
    root.dataset.embed = location.hash;
    root.dataset.lock = option('lock');
    root.dataset.show = option('show') || 'all';
  }

  try {
    const language = option('lang') || remembered('wan.lang') || navigator.language || '';
    root.lang = /^zh/i.test(language) ? 'zh-CN' : 'en';
  } catch {
    // The language of the file stands.
  }
  try {
    const theme = embed ? option('theme') : remembered('wan.theme');
    if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
  } catch {
    // The system's theme stands.
  }

  const reasons = {
    wasm: [
      '此浏览器不支持 WebAssembly。请换用较新的 Chrome、Edge、Firefox 或 Safari。',
      'This browser has no WebAssembly. Please use a current Chrome, Edge, Firefox or Safari.',
    ],
    file: [
      '不能直接从磁盘打开这个文件，请通过网页服务器打开（例如 cargo xtask play）。',
      'This file cannot be opened straight from disk. Please open it through a web server (for example cargo xtask play).',
    ],
    load: [
      '有文件没有取到，或者内容不符。请检查网络，然后刷新页面。',
      'A file did not arrive, or arrived changed. Please check the network, then reload the page.',
    ],
    start: [
      '页面启动时出错。请刷新页面；如果仍然如此，请把下面一行告诉维护者。',
      'The page failed while starting. Please reload; if it stays so, pass the line below on to the maintainers.',
    ],
  };

  const explain = (reason, error) => {
    const box = document.getElementById('boot') || document.body.appendChild(document.createElement('div'));
    box.id = 'boot';
    const line = (tag, text, lang) => {
      const element = document.createElement(tag);
      element.textContent = text;
      if (lang) element.lang = lang;
      return element;
    };
    const [chinese, english] = reasons[reason];
    const message = document.createElement('div');
    message.className = 'boot-error';
    message.setAttribute('role', 'alert');
    message.append(
      line('h1', '页面没有加载成功', 'zh-CN'),
      line('p', chinese, 'zh-CN'),
      line('h2', 'The page could not be loaded', 'en'),
      line('p', english, 'en'),
    );
    if (error) message.append(line('pre', String(error)));
    box.replaceChildren(message);
  };

  const fail = (reason, error) => {
    root.dataset.boot = 'failed';
    if (error) console.error(error);
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => explain(reason, error), { once: true });
    } else {
      explain(reason, error);
    }
  };

  const bodyParsed = () =>
    new Promise((resolve) => {
      if (document.readyState !== 'loading') resolve();
      else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
    });

  // A module script element first, because only that can be held to its integrity; the import then finds the same module.
  const imported = (url, integrity) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.type = 'module';
      if (integrity) script.integrity = integrity;
      script.addEventListener('load', () => resolve(import(url)));
      script.addEventListener('error', () => reject(new Error(`missing, changed or blocked: ${url}`)));
      script.src = url;
      document.head.append(script);
    });

  // A fault of the page's own is a trap of the module, whose data may then be half changed: nothing may call it again.
  const words = {
    zh: '页面自身出错，已停止运行。任务仍在网关上继续，请记下任务 ID 后刷新页面。',
    en: 'The page met an error of its own and stopped. Tasks go on at the gateway; note their ids and reload.',
  };
  let isOpen = true;
  const stop = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    isOpen = false;
    if (root.dataset.boot === 'loading') return fail('start', error);
    if (root.dataset.boot !== 'ready') return;
    root.dataset.boot = 'stopped';
    for (let handle = 1; handle < 100000; handle += 1) clearTimeout(handle);
    const ids = [...document.querySelectorAll('.id code')].map((id) => `\n${id.textContent}`);
    for (const child of document.body.children) child.inert = true;
    const message = document.createElement('pre');
    message.className = 'panic';
    message.setAttribute('role', 'alert');
    message.textContent = words[root.lang === 'en' ? 'en' : 'zh'] + ids.join('');
    document.body.prepend(message);
  };
  // The one way into the module, for events, timers, messages and answers alike: the glue calls what comes out of here.
  // A trap closes it, also one that somebody between here and there would have caught; a press could cost money.
  globalThis.wanGate = (exports) => {
    const gated = {};
    for (const [name, value] of Object.entries(exports)) {
      gated[name] = typeof value !== 'function' ? value : (...values) => {
        if (!isOpen) return undefined;
        try {
          return value(...values);
        } catch (error) {
          stop(error);
          throw error;
        }
      };
    }
    return gated;
  };
  addEventListener('error', (event) => stop(event.error));
  addEventListener('unhandledrejection', (event) => stop(event.reason));

  // The deployer's own catalog beside the page. A host without the file, or one that answers with a page of its own, has
  // none; what is there and empty, as it is shipped, is none either. Anything else is for the page to judge.
  const ownCatalog = async () => {
    try {
      const url = new URL('catalog.json', document.baseURI).href;
      const answer = await fetch(url, { credentials: 'same-origin', mode: 'same-origin', cache: 'no-cache' });
      if (!answer.ok || /html/.test(answer.headers.get('Content-Type') || '')) return '';
      const text = await answer.text();
      try {
        const { version, gateways, remove } = JSON.parse(text);
        if (version === 1 && gateways.length === 0 && remove.length === 0) return '';
      } catch {
        // The page says what is wrong with it.
      }
      return text;
    } catch {
      return '';
    }
  };

  // It has all the time the module takes, and a little more.
  const settled = (catalog) =>
    Promise.race([catalog, new Promise((resolve) => setTimeout(resolve, 3000, null))]).then((text) => {
      if (text === null) console.warn('catalog.json did not arrive in time; the built-in catalog stands');
      return text || '';
    });

  // Two frames: what stands in the page by itself has been painted. A tab out of sight paints nothing.
  const painted = () =>
    new Promise((seen) => {
      requestAnimationFrame(() => requestAnimationFrame(seen));
      setTimeout(seen, 500);
    });

  const start = async () => {
    root.dataset.boot = 'loading';
    if (location.protocol === 'file:') return fail('file');
    if (typeof WebAssembly !== 'object') return fail('wasm');
    const catalog = ownCatalog();
    let glue;
    let answer;
    try {
      const options = { credentials: 'same-origin' };
      if (mine.wasmIntegrity) options.integrity = mine.wasmIntegrity;
      // Both at once; the preload hints of index.html have them under way already.
      [glue, answer] = await Promise.all([
        imported(new URL(mine.glue, document.baseURI).href, mine.glueIntegrity),
        fetch(new URL(mine.wasm, document.baseURI).href, options),
      ]);
      if (!answer.ok) throw new Error(`${answer.status} ${mine.wasm}`);
      const more = await settled(catalog);
      if (more || remembered('wan.gateways')) {
        // Gateways are added before anything is shown.
        globalThis.wanCatalog = more;
        root.dataset.catalog = '';
      }
    } catch (error) {
      return fail('load', error);
    }
    try {
      // The page mounts into the body, so that has to be there.
      await bodyParsed();
      await painted();
      // Told once the form stands. A trap in a listener is nobody's exception.
      addEventListener('shown', () => {
        if (root.dataset.boot !== 'loading') return;
        if (document.getElementById('boot')) fail('start');
        else root.dataset.boot = 'ready';
        if (mine.style) {
          const sheet = document.createElement('link');
          sheet.rel = 'stylesheet';
          sheet.integrity = mine.styleIntegrity;
          sheet.href = mine.style;
          document.head.append(sheet);
        }
      }, { once: true });
      await glue.default({ module_or_path: answer });
    } catch (error) {
      fail('start', error);
    }
  };
  start();
})();
