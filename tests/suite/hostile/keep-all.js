addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request).then((answer) => {
    const copy = answer.clone();
    event.waitUntil(caches.open("all").then((cache) => cache.put(event.request, copy)));
    return answer;
  })));
});
