// Stands where the packed page has its worker: a developer's page is never served from a cache. Whatever worker an
// earlier page of this address left behind takes itself away.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => {
  const leave = async () => {
    for (const name of await caches.keys()) if (name.startsWith('wan-files ')) await caches.delete(name);
    await registration.unregister();
  };
  event.waitUntil(leave());
});
