/* Keeps every conversation of the app's chat, for the agent's view to read later (问诊记录): what was
   said, line by line, and what the chat itself keeps of it, to go on with. Only on this device, masked
   as it is on the screen. Loaded when there is something to keep; src/report/conversation.rs reads it. */

const DATABASE = "posdoc-conversations";
const STORE = "conversations";
/* No more than this many are kept, nor for more days; nor more lines of one. */
const MOST = 100;
const DAYS = 30;
const LINES = 300;
/* Which conversation this tab is in, and which one was the last anywhere. */
const MINE = "posdoc-conversation";
const CHAT = "posdoc-chat";

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const written = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});
const open = async () => {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
};
const within = async (mode, work) => {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const end = written(transaction);
    end.catch(() => {});
    const outcome = await work(transaction.objectStore(STORE));
    await end;
    return outcome;
  } finally {
    database.close();
  }
};

const clock = (when) => {
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}T${two(when.getHours())}:${two(when.getMinutes())}`;
};
const storage = (name) => {
  try { return window[name]; } catch { return null; }
};

/* What stands in the log since it was last begun anew, and whether its beginning is among it. */
const shown = (chat) => {
  const all = [...chat.shadowRoot.querySelectorAll("[part=log] [part~=message]:not([aria-busy=true])")];
  const greeting = all.findLastIndex((message) => message.dataset.kind === "greeting");
  const line = (message) => {
    const { from, kind = "", topic = "" } = message.dataset;
    const words = from === "merchant" ? [message] : [...message.querySelectorAll(".note,.warning,.words")];
    return { from, kind, topic, text: words.map((part) => part.textContent.trim()).join("\n") };
  };
  return { greeting, lines: all.slice(greeting + 1).map(line).filter((line) => line.text) };
};
/* What this chat keeps of itself, and under which key. */
const left = () => {
  const tab = storage("sessionStorage");
  const key = tab && Object.keys(tab).find((key) => key.startsWith(CHAT));
  return key ? { key, text: tab.getItem(key) } : null;
};

let mine = null;
const begin = () => ({ id: String(Date.now()), began: clock(new Date()), before: [], turn: 0, greeting: -1 });
/* The conversation that a page opened anew goes on with: this tab's, or the last one, taken up. */
const known = async (turn, greeting, lines) => {
  const id = storage("sessionStorage")?.getItem(MINE) ?? (turn > 1 ? storage("localStorage")?.getItem(MINE) : null);
  const text = id && (await within("readonly", (store) => done(store.get(id))));
  if (!text) return begin();
  const earlier = JSON.parse(text);
  // A log that shows its beginning, and another one, is another conversation.
  if (greeting >= 0 && earlier.lines[0]?.text !== lines[0].text) return begin();
  // What the page shows again is not said again.
  const at = earlier.lines.findIndex((line) => line.text === lines[0].text);
  return { ...begin(), id, began: earlier.began, before: at < 0 ? earlier.lines : earlier.lines.slice(0, at) };
};

/* Keeps the conversation as it stands after this turn. Turns are kept one after the other. */
let last = Promise.resolve();
export const record = (chat, turn) => last = last.catch(() => {}).then(async () => {
  const { greeting, lines } = shown(chat);
  if (!lines.length) return;
  if (!mine) mine = await known(turn, greeting, lines);
  else if (turn <= mine.turn || greeting !== mine.greeting && greeting >= 0) mine = begin();
  Object.assign(mine, { turn, greeting });
  storage("sessionStorage")?.setItem(MINE, mine.id);
  storage("localStorage")?.setItem(MINE, mine.id);
  const { id, began, before } = mine;
  const text = JSON.stringify({
    version: 1, id, began, last: clock(new Date()), lines: [...before, ...lines].slice(-LINES), left: left(),
  });
  await within("readwrite", async (store) => {
    store.put(text, id);
    const ids = (await done(store.getAllKeys())).sort((a, b) => b - a);
    const old = Date.now() - DAYS * 24 * 60 * 60 * 1000;
    ids.filter((id, nth) => nth >= MOST || id < old).forEach((id) => store.delete(id));
  });
});

/* From now on this tab is in another conversation, or in none. */
export const turnTo = (id) => {
  mine = null;
  if (id) storage("sessionStorage")?.setItem(MINE, id);
  else for (const name of ["sessionStorage", "localStorage"]) storage(name)?.removeItem(MINE);
};

/* Removes every conversation. */
export const forget = () => last = last.catch(() => {}).then(async () => {
  turnTo(null);
  await within("readwrite", (store) => store.clear());
});
