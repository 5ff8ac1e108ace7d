/* The service worker of the app at `/`: everything works without a network after the first visit.

   A version of the app is a list of files with their SHA-256, kept in a cache called posdoc-<version>.
   It is filled while the version before goes on working: what has not changed is taken from there, what
   is fetched is checked, and nothing of it is served before all of it is here. So there is never a
   mixture, and a download that breaks off costs nothing but the rest of it next time.

   A new version waits until nobody uses the old one, or until the page says `apply`. The one before it
   is kept: if the new one does not start (no page says `started`), it comes back by itself. */
"use strict";

/* { version, program, date, files: { path: SHA-256 }, topics: { id: [title, digest] } }, from `posdoc dist`. */
const RELEASE = "{{release}}";
const CACHE = "posdoc-" + RELEASE.version;
/* Where the list of a complete version lies in its cache, and where the worker's own notes are. */
const LIST = at(".posdoc/release");
const NOTES = "posdoc-notes";
const NOTE = at(".posdoc/notes");

/* All that can be shown when everything has been cleared away and there is no network. */
const GONE = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>POS 机医生</title><main><h1>离线内容被系统清掉了</h1><p>手机空间紧张时，浏览器会清掉网页存的东西。联网打开一次，等几秒，就又能离线用了。巡检单如果还在，联网后能看到。</p><p>急着收款：请打收单机构客服，电话印在机身标签、合同或小票上。</p><p><a href="./">再试一次</a></p></main></html>';

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(hear(event)));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(registration.scope)) return;
  const path = url.pathname.slice(new URL(registration.scope).pathname.length);
  event.respondWith(event.request.mode === "navigate" ? page(event, path) : file(event, path, url.search));
});

/* ---- filling a version ---- */

async function install() {
  const cache = await caches.open(CACHE);
  const before = (await caches.keys()).filter((name) => name.startsWith("posdoc-") && name !== CACHE && name !== NOTES);
  const add = async ([path, sum]) => {
    if (await sound(await cache.match(at(path)), sum)) return;
    for (const name of before) {
      const kept = await sound(await (await caches.open(name)).match(at(path)), sum);
      if (kept) return cache.put(at(path), kept);
    }
    await cache.put(at(path), await download(path, sum));
  };
  const done = await Promise.allSettled(Object.entries(RELEASE.files).map(add));
  const failed = done.find((one) => one.status === "rejected");
  if (failed) {
    // Half a version is worth keeping for the next try, unless it is what fills the disk.
    const full = failed.reason.name === "QuotaExceededError";
    if (full) await caches.delete(CACHE);
    await tell({ kind: full ? "full" : "broken-off" });
    throw failed.reason;
  }
  await cache.put(LIST, new Response(JSON.stringify(RELEASE)));
}

async function activate() {
  // The worker before this one has gone on writing since this one last looked.
  noted = null;
  const notes = await read();
  if (notes.current !== RELEASE.version) {
    notes.before = notes.good ? notes.current : notes.before;
    Object.assign(notes, { current: RELEASE.version, good: false, fallen: false, tries: 0 });
    await write();
  }
  // A version that is being downloaded right now is nobody's yet.
  if (!registration.installing) {
    const wanted = [NOTES, CACHE, "posdoc-" + notes.before];
    for (const name of await caches.keys()) if (name.startsWith("posdoc-") && !wanted.includes(name)) await caches.delete(name);
  }
  await clients.claim();
}

/* The file from the server, if it is the one meant. */
async function download(path, sum) {
  const answer = await fetch(at(path), { cache: "no-cache" });
  const whole = answer.ok && (await sound(answer, sum));
  if (!whole) throw new Error(`${path}: HTTP ${answer.status}, ${answer.ok ? "another file than expected" : "not to be had"}`);
  return whole;
}

/* A response to keep or to send, if its bytes have this sum. */
async function sound(response, sum) {
  if (!response) return null;
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digits = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // Made anew, so that nothing of a redirect sticks to it: a page may not be answered with one.
  return digits === sum ? new Response(bytes, { headers: response.headers }) : null;
}

/* ---- answering ---- */

/* A page: the app itself under any query, another page of the site, or, without a network, the app. */
async function page(event, path) {
  if (path === "" || path === "index.html") return start(event);
  const kept = await find([path, path + "index.html", path + "/index.html"]);
  return kept ?? fetch(event.request).catch(() => Response.redirect(registration.scope));
}

/* The app. A version whose last start was not confirmed is looked over. One that has never started gives
   way for good after two starts in vain; one that has, only for as long as a file of it cannot be had. */
async function start(event) {
  const notes = await read();
  let version = RELEASE.version;
  if (notes.before && notes.fallen) version = notes.before;
  else if (notes.tries > 0) {
    const { whole } = await mend();
    if (notes.before && (await has(notes.before))) {
      notes.fallen = !notes.good && (!whole || notes.tries > 1);
      if (notes.fallen || !whole) version = notes.before;
    }
  }
  notes.tries++;
  event.waitUntil(write());
  const kept = await (await caches.open("posdoc-" + version)).match(at(""));
  if (kept) return kept;
  // The browser has cleared away what was kept: all of it is fetched again.
  event.waitUntil(mend());
  return fetch(event.request).catch(() => new Response(GONE, { status: 503, headers: { "Content-Type": "text/html;charset=utf-8" } }));
}

/* Anything else: hashed names say which version they belong to. */
async function file(event, path, query) {
  const sum = RELEASE.files[path];
  // The loader asks again like this after a failure: then only a sound file will do.
  if (sum && query.includes("retry=")) await mend(path).catch(() => {});
  const kept = await find([path]);
  if (kept) return kept;
  const answer = await fetch(event.request);
  // Lost to the browser's housekeeping: back where it belongs.
  if (sum && answer.ok) {
    const copy = answer.clone();
    event.waitUntil(sound(copy, sum).then(async (whole) => whole && (await caches.open(CACHE)).put(at(path), whole)).catch(() => {}));
  }
  return answer;
}

async function find(paths) {
  const { before } = await read();
  for (const version of [RELEASE.version, before]) {
    if (version === before && !(before && (await has(before)))) continue;
    const cache = await caches.open("posdoc-" + version);
    for (const path of paths) {
      const kept = await cache.match(at(path));
      if (kept) return kept;
    }
  }
}

/* Whether a version is here. (`caches.open` would make it.) */
function has(version) {
  return caches.has("posdoc-" + version);
}

/* Checks every file, or one, and fetches what is damaged or gone: whether all is well now, and how many
   files were not. */
async function mend(only) {
  const cache = await caches.open(CACHE);
  let whole = true;
  let mended = 0;
  for (const [path, sum] of Object.entries(RELEASE.files)) {
    if (only && path !== only) continue;
    if (await sound(await cache.match(at(path)), sum)) continue;
    try {
      await cache.put(at(path), await download(path, sum));
      mended++;
    } catch {
      await cache.delete(at(path));
      whole = false;
    }
  }
  if (whole && !only && mended) await cache.put(LIST, new Response(JSON.stringify(RELEASE)));
  return { whole, mended };
}

/* ---- talking with pages ---- */

async function hear(event) {
  const { kind, version } = event.data ?? {};
  const notes = await read();
  if (kind === "started" && version === RELEASE.version) {
    Object.assign(notes, { good: true, tries: 0 });
    await write();
  } else if (kind === "failed" && version === RELEASE.version) {
    const { whole, mended } = await mend();
    // Sound files that do not start are a bad version, if it never has started.
    if (mended) event.source.postMessage({ kind: "mended" });
    else if (whole && !notes.good && notes.before && (await has(notes.before))) {
      notes.fallen = true;
      await write();
      event.source.postMessage({ kind: "fallen" });
    }
  } else if (kind === "mend") {
    event.ports[0].postMessage(await mend());
  } else if (kind === "apply") {
    await skipWaiting();
  } else if (kind === "again") {
    Object.assign(notes, { fallen: false, tries: 0 });
    await write();
  } else if (kind === "about") {
    event.ports[0].postMessage({ version: RELEASE.version, program: RELEASE.program, date: RELEASE.date, fallen: notes.fallen, news: await news(notes) });
  }
}

/* What this version says that the one in use does not. */
async function news(notes) {
  const current = notes.current && (await has(notes.current)) && (await (await caches.open("posdoc-" + notes.current)).match(LIST));
  const { topics } = current ? await current.json() : RELEASE;
  const ours = Object.entries(RELEASE.topics);
  return {
    added: ours.filter(([id]) => !topics[id]).map(([, [title]]) => title),
    changed: ours.filter(([id, [, digest]]) => topics[id] && topics[id][1] !== digest).length,
  };
}

async function tell(message) {
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(message);
}

/* ---- notes: which version is in use, which came before, and whether it starts ---- */

let noted;
function read() {
  return (noted ??= (async () => {
    const kept = await (await caches.open(NOTES)).match(NOTE);
    return { current: null, before: null, good: false, fallen: false, tries: 0, ...(kept ? await kept.json().catch(() => ({})) : {}) };
  })());
}

async function write() {
  const notes = JSON.stringify(await read());
  // Notes that cannot be kept are only missed.
  await caches.open(NOTES).then((cache) => cache.put(NOTE, new Response(notes))).catch(() => {});
}

function at(path) {
  return new URL(path, registration.scope).href;
}
