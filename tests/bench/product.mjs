// The product as a merchant meets it: real pages, a slow line, a slow processor.

/** What a phone costs: Chromium's own measure, of pages; workers keep the machine's full speed. */
export const SLOWDOWN = 4;
/** Longer than this, and something is wrong rather than slow. */
const PATIENCE = 60_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "zh-CN" };

/** Runs in every page from its first moment: notes when the chat can be used and when it has answered. */
function watch(message) {
  const clock = () => performance.now();
  const bench = (window.bench = { from: null, usable: null, answered: null, long: [] });
  const said = (root) => root.querySelectorAll("[data-from=posdoc]:not([aria-busy=true])").length;
  // A tap, or, in the app, the page itself.
  addEventListener("pointerdown", (event) => (bench.from ??= event.timeStamp), true);
  try {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) bench.long.push([task.startTime, task.duration]);
    }).observe({ type: "longtask", buffered: true });
  } catch { /* Only Chromium tells of long tasks. */ }
  let before = 0;
  let sent = false;
  const look = () => {
    const root = document.querySelector("posdoc-chat")?.shadowRoot;
    const input = root?.querySelector("[part~=input]");
    if (input && bench.usable === null && root.querySelector("[part~=option]")) {
      bench.usable = clock();
      before = said(root);
      if (message) {
        input.value = message;
        input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      }
    } else if (message && bench.usable !== null && !sent) {
      const send = root.querySelector("[part~=send]");
      if (!send.disabled) send.click(), (sent = true);
    } else if (sent && said(root) > before && !root.querySelector("[aria-busy=true]")) {
      bench.answered = clock();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Runs in a page whose files are not to be checked, to see what checking them costs. */
export function unchecked() {
  const real = window.fetch;
  window.fetch = (address, wish) => real(address, { ...wish, integrity: "" });
  Object.defineProperty(HTMLScriptElement.prototype, "integrity", { get: () => "", set() {} });
}

/** A browser profile of its own, with nothing cached. */
export async function stranger(browser, message) {
  const profile = await browser.newContext(PHONE);
  await profile.addInitScript(watch, message);
  const open = async () => {
    const page = await profile.newPage();
    page.setDefaultTimeout(PATIENCE);
    const session = await profile.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    return { page, session };
  };
  return { profile, open, close: () => profile.close() };
}

const outcome = async (page, until) => {
  await page.waitForFunction((until) => window.bench[until] !== null, until, { polling: 100 });
  return page.evaluate(() => {
    const { from, usable, answered, long } = window.bench;
    const since = from ?? 0;
    // Only where somebody notes them, see noteMemories.
    const wasm = (window.memories ?? []).reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    return { usable: usable - since, answered: answered === null ? null : answered - since, long: Math.max(0, ...long.map(([, length]) => length)), wasm };
  });
};

/** A help page with the one script tag: from the tap on the launcher on. */
export async function tap(visitor, address) {
  const { page } = await visitor.open();
  await page.goto(address, { waitUntil: "load" });
  const launcher = page.locator("posdoc-chat [part=launcher]");
  await launcher.waitFor();
  await launcher.tap();
  const found = await outcome(page, "answered");
  await page.close();
  return found;
}

/** The app: from the moment the address is opened on. */
export async function start(visitor, address, settled) {
  const { page } = await visitor.open();
  await page.goto(address, { waitUntil: "commit" });
  const found = await outcome(page, "answered");
  // Everything is kept for a day without network once the worker is active.
  if (settled) await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.close();
  return found;
}

/** Keystrokes and turns in the chat, key by key and answer by answer, in milliseconds. */
export async function talk(visitor, address, typed, said) {
  const { page, session } = await visitor.open();
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(() => window.bench.usable !== null);
  // The engine is here when a suggestion comes.
  await page.evaluate(async () => {
    const root = document.querySelector("posdoc-chat").shadowRoot;
    const input = root.querySelector("[part~=input]");
    const set = (text) => { input.value = text; input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true })); };
    while (!root.querySelector(".suggestion")) {
      set("没");
      await new Promise((later) => setTimeout(later, 100));
    }
    set("");
  });
  const found = await page.evaluate(async ([typed, said]) => {
    const root = document.querySelector("posdoc-chat").shadowRoot;
    const find = (part) => root.querySelector(`[part~=${part}]`);
    const turnOver = () => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
    const set = (text) => {
      find("input").value = text;
      find("input").dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    };
    const keys = [];
    const began = performance.now();
    for (const text of typed) {
      for (let length = 1; length <= text.length; length++) {
        const at = performance.now();
        set(text.slice(0, length));
        // What the key sets off has run by then; asking for a size makes the browser lay it out.
        await turnOver();
        find("input").getBoundingClientRect();
        keys.push(performance.now() - at);
        await new Promise((later) => setTimeout(later, 20));
      }
      set("");
    }
    const ended = performance.now();
    const long = window.bench.long.filter(([at]) => at >= began && at <= ended).length;
    const answers = [];
    const ready = () => root.querySelectorAll("[data-from=posdoc]:not([aria-busy=true])").length;
    for (const text of said) {
      set(text);
      while (find("send").disabled) await turnOver();
      const before = ready();
      const at = performance.now();
      find("send").click();
      while (ready() <= before || root.querySelector("[aria-busy=true]")) {
        await turnOver();
        if (performance.now() - at > 30_000) throw new Error("no answer to " + text);
      }
      find("log").getBoundingClientRect();
      answers.push(performance.now() - at);
      await new Promise((later) => setTimeout(later, 20));
    }
    return { keys, long, answers };
  }, [typed, said]);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  found.heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  found.wasm = await page.evaluate(() => window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  await page.close();
  return found;
}

/** Goes before everything else in a page: remembers each module's memory, to be weighed. */
export function noteMemories() {
  window.memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const { exports } = made.instance ?? made;
      window.memories.push(...Object.values(exports).filter((one) => one instanceof WebAssembly.Memory));
      return made;
    };
  }
}
