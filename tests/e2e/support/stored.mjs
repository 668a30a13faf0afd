// What the page leaves behind in a browser: what canary tests hunt through.

/**
 * Everything the page's origin stores, as text: storages, cookies, databases, caches with their files. Of the page's own files, which
 * are named by their content and the same for everybody, only the addresses.
 */
export const stored = (page) =>
  page.evaluate(async () => {
    const wait = (request) => new Promise((resolve, reject) => ((request.onsuccess = () => resolve(request.result)), (request.onerror = reject)));
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const isOurs = /-[0-9a-f]{10}\.(js|css|wasm)$/.test(request.url);
        found.push(name, request.url, isOurs ? '' : await (await cache.match(request)).text());
      }
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        found.push(JSON.stringify([name, store, await wait(objects.getAllKeys()), await wait(database.transaction(store).objectStore(store).getAll())]));
      }
      database.close();
    }
    return found.join('\n');
  });
