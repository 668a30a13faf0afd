// The page's own files, for when there is no network. Hand-written, because it is small: `pack.mjs` puts in the version
// of the page and the names of its files, and the page registers it (src/web/offline.rs).
//
// Each version has a cache of its own, filled before the version is used and never changed after that: what stands there
// fits together. A new worker takes over at once, but a page that is open goes on with its own files, because those of
// earlier versions stay until no page needs them. Nothing but these files is ever answered from here: whatever has
// another origin, another method, a range or another name goes past, as if there were no worker.
'use strict';

const VERSION = '__VERSION__';
const FILES = __FILES__;
// A deployer may change it without a new version of the page.
const CATALOG = 'catalog.json';
const PREFIX = `wan-files ${registration.scope} `;
const CACHE = PREFIX + VERSION;
// A network this slow is as good as none.
const PATIENCE_MS = 8000;

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const address = (name) => new URL(name, registration.scope).href;

/** A file for the cache: whole, of this origin, not redirected. */
const fetched = async (name, options) => {
  const answer = await fetch(address(name), { credentials: 'same-origin', redirect: 'error', ...options });
  if (!answer.ok || answer.status !== 200 || answer.type !== 'basic') throw new Error(`${answer.status} ${name}`);
  return answer;
};

const fill = async () => {
  const before = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(
      FILES.map(async (name) => {
        // A file of the same name has the same content.
        await cache.put(address(name), (await caches.match(address(name))) ?? (await fetched(name)));
      }),
    );
    const start = await fetched('./', { cache: 'no-cache' });
    // The host is in the middle of an update, or this worker is an old one.
    if (!(await start.clone().text()).includes(VERSION)) throw new Error('the start page is of another version');
    await cache.put(address('./'), start);
    // It need not be there.
    const catalog = await fetched(CATALOG, { cache: 'no-cache' }).catch(() => null);
    if (catalog) await cache.put(address(CATALOG), catalog);
  } catch (error) {
    if (!before) await caches.delete(CACHE);
    throw error;
  }
};

const pages = () => clients.matchAll({ type: 'window' });

self.addEventListener('install', (event) => {
  // A create call has a body that can be sent once, and a worker that merely looks at a call takes it: over HTTP/1.1
  // nothing is left to send then, and the page cannot tell that nothing was. No call but a GET is ever looked at.
  const past = event.addRoutes?.({ condition: { requestMethod: 'POST' }, source: 'network' })?.catch(() => {});
  event.waitUntil(Promise.all([past, fill()]).then(() => skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const begin = async () => {
    await clients.claim();
    for (const page of await pages()) page.postMessage({ version: VERSION });
  };
  event.waitUntil(begin());
});

// A page says which version it is. Alone, it needs no other than its own; and one that is older learns of this one.
self.addEventListener('message', (event) => {
  const { version } = event.data ?? {};
  const answer = async () => {
    const mine = PREFIX + version;
    const names = await ours();
    if (version !== VERSION && names.includes(mine)) event.source.postMessage({ version: VERSION });
    if ((await pages()).some((page) => page.id !== event.source.id)) return;
    await Promise.all(names.filter((name) => name !== CACHE && name !== mine).map((name) => caches.delete(name)));
  };
  if (typeof version === 'string') event.waitUntil(answer());
});

/** The network's answer, unless there is none worth having and one is kept. */
const networkFirst = async (request, name) => {
  const kept = () => caches.open(CACHE).then((cache) => cache.match(address(name)));
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(async () => (await kept()) && resolve(), PATIENCE_MS);
  });
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  clearTimeout(timer);
  if (answer && answer.status < 500) return answer;
  return (await kept()) ?? answer ?? Response.error();
};

const keptFirst = async (request) => {
  for (const name of [CACHE, ...(await ours())]) {
    const found = await (await caches.open(name)).match(request.url);
    if (found) return found;
  }
  return fetch(request);
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { href, search } = new URL(request.url);
  if (request.method !== 'GET' || request.headers.has('range') || !href.startsWith(registration.scope)) return;
  const name = href.slice(registration.scope.length).replace(/[?#].*$/, '');
  if (request.mode === 'navigate') {
    if (name === '' || name === 'index.html') event.respondWith(networkFirst(request, './'));
  } else if (name === CATALOG) {
    event.respondWith(networkFirst(request, CATALOG));
  } else if (!search && /^[^/]+-[0-9a-f]{10}\.(js|css|wasm)$/.test(name)) {
    event.respondWith(keptFirst(request));
  }
});
