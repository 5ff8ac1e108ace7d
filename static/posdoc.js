/* posdoc: the loader and the skin of <posdoc-chat>. Everything else arrives on intent. */
(() => {
  "use strict";
  const NAME = "posdoc-chat";
  if (customElements.get(NAME)) return;
  const script = document.currentScript;
  const base = new URL(".", script ? script.src : location.href).href;
  const ATTRIBUTES = ["mode", "opened", "query", "topic", "theme", "hotline", "provider", "device", "terminal-sn", "merchant-number", "pack", "hotline-hours", "human-url"];
  const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

  // Names in braces become hashed ones in `posdoc dist`; `make dev` serves them as they stand.
  const at = (file) => base + file.replace(/[{}]/g, "");
  let tries = 0;
  const get = async (file) => {
    const answer = await fetch(at(file));
    if (!answer.ok) throw new Error("HTTP " + answer.status);
    return answer;
  };
  const bytes = async (file) => new Uint8Array(await (await get(file)).arrayBuffer());
  // A module, its wasm and its pack at the same time. A module that failed to load stays failed under
  // its address; a new query makes it a new one.
  const load = async (script, wasm, pack) => {
    const [module, code, content] = await Promise.all([import(at(script) + (tries ? "?retry=" + tries : "")), get(wasm), bytes(pack)]);
    await module.default({ module_or_path: code });
    return [module, content];
  };
  const once = (make) => {
    let kept;
    return () => (kept ||= make().catch((error) => { kept = null; tries++; throw error; }));
  };
  const widget = once(() => load("{{widget.js}}", "{{widget_bg.wasm}}", "{{interface.pack}}"));
  const engine = once(async () => {
    const [module, pack] = await load("{{engine.js}}", "{{engine_bg.wasm}}", "{{engine.pack}}");
    return { articles: module.open(pack), ask: module.ask, suggest: module.suggest };
  });
  const drawings = once(() => bytes("{{drawings.pack}}"));

  const STYLE = `:host{display:block}:host([mode=inline]){height:100%;min-height:26em}:host([hidden]){display:none}
.launcher{all:unset;box-sizing:border-box;position:fixed;z-index:2147483000;right:max(16px,env(safe-area-inset-right));bottom:max(16px,env(safe-area-inset-bottom));display:flex;align-items:center;gap:8px;min-height:56px;padding:0 20px 0 16px;border-radius:28px;background:var(--posdoc-accent,#0a5c46);color:var(--posdoc-on-accent,#fff);font:600 17px/1 system-ui,sans-serif;cursor:pointer;box-shadow:0 4px 16px #0005}
.launcher:focus-visible{outline:3px solid currentColor;outline-offset:-6px}.launcher svg{width:26px;height:26px}
.panel{position:fixed;z-index:2147483001;inset:0;overflow:hidden;background:Canvas;color:CanvasText;font:17px/1.6 system-ui,sans-serif}
@media(min-width:560px) and (min-height:480px){.panel{inset:auto 20px 20px auto;width:400px;height:min(680px,calc(100% - 40px));border-radius:18px;box-shadow:0 10px 40px #0006}}
:host([mode=inline]) .panel{position:relative;inset:auto;width:100%;height:100%;min-height:inherit;border-radius:0;box-shadow:none}
.mount{height:100%}[hidden]{display:none!important}.failed{padding:24px 20px}.failed *{margin:0 0 14px}.failed a,.failed button{font:inherit;font-weight:600;min-height:48px;padding:10px 18px}`;

  // Below Chromium 97 or Safari 16.4 there is a sentence instead of a chat.
  const able = "adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype && "WebAssembly" in window;

  class PosdocChat extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    #root; #panel; #mount; #launcher; #app; #module; #starting; #queue = [];

    connectedCallback() {
      if (!able) {
        this.textContent = "这个浏览器太旧，打不开 POS 机医生。请打客服：" + (this.getAttribute("hotline") || "电话印在机身标签、合同或小票上") + "。";
        return;
      }
      if (!this.#root) {
        this.#root = this.attachShadow({ mode: "open" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this.#root.adoptedStyleSheets = [sheet];
        this.#root.innerHTML = `<button part="launcher" class="launcher" type="button" aria-haspopup="dialog"><svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"><rect x="6" y="3" width="20" height="26" rx="4"/><path d="M11 9h10M16 14v8M12 18h8"/></svg>机器有问题？</button><div part="panel" class="panel" hidden><div class="mount"></div></div>`;
        [this.#launcher, this.#panel] = this.#root.children;
        this.#mount = this.#panel.firstChild;
        this.#launcher.onclick = () => this.open();
        // Intent: fetch while the finger is still on its way.
        for (const hint of ["pointerenter", "focus", "touchstart"]) this.#launcher.addEventListener(hint, () => widget().catch(() => {}), { once: true, passive: true });
        this.#root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !this.#inline) this.close(); });
      }
      if (this.#inline || this.hasAttribute("opened")) this.open();
    }
    attributeChangedCallback(name, before, value) {
      if (before === value) return;
      if (name === "opened") { if (this.#root) value === null ? this.close() : this.open(); return; }
      this.#send("set", name, value);
    }
    get #inline() { return this.getAttribute("mode") === "inline"; }

    open() {
      if (!able) return;
      this.#launcher.hidden = true;
      if (!this.#panel.hidden) return;
      this.#panel.hidden = false;
      if (!this.#inline) { this.#panel.setAttribute("role", "dialog"); this.#panel.setAttribute("aria-label", "POS 机医生"); }
      if (!this.#inline) this.#send("opened", "");
      if (!this.hasAttribute("opened")) this.setAttribute("opened", "");
      this.#emit("open", {});
      this.#start();
    }
    close() {
      if (this.#inline || this.#panel.hidden) return;
      this.#panel.hidden = true;
      this.#launcher.hidden = false;
      this.removeAttribute("opened");
      this.#send("closed");
      this.#launcher.focus();
      this.#emit("close", {});
    }
    ask(text) { this.open(); this.#send("ask", String(text)); }
    reset() { this.#send("reset", ""); }

    async #start() {
      if (this.#app !== undefined || this.#starting) return;
      this.#starting = true;
      try {
        const [module, pack] = await widget();
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(module.style());
        this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets.slice(0, 1), sheet];
        const mount = document.createElement("div");
        mount.className = "mount";
        this.#mount.replaceWith(mount);
        this.#mount = mount;
        const host = {
          engine, drawings,
          emit: (name, detail) => this.#emit(name, detail),
          close: () => this.close(),
        };
        const attributes = [...this.attributes].map((attribute) => [attribute.name, attribute.value]);
        this.#app = module.mount(mount, host, attributes, pack);
        this.#module = module;
        for (const command of this.#queue.splice(0)) module.send(this.#app, ...command);
      } catch (error) {
        this.#failed(error);
      } finally {
        this.#starting = false;
      }
    }
    #send(...command) {
      if (this.#app !== undefined) this.#module.send(this.#app, ...command);
      else if (command[0] === "ask") this.#queue.push(command);
    }
    #emit(name, detail) {
      this.dispatchEvent(new CustomEvent("posdoc:" + name, { bubbles: true, composed: true, detail }));
    }
    // What is shown when nothing of ours could be started: why, again, and whom to call.
    #failed(error) {
      console.error("posdoc:", error);
      const box = document.createElement("div");
      box.className = "mount failed";
      box.setAttribute("role", "alert");
      const add = (tag, text) => { const made = document.createElement(tag); made.textContent = text; box.append(made); return made; };
      const damaged = /内容包/.test(error.message);
      add("p", damaged ? "没能打开：下载的内容有损坏。" + error.message + "。" : "没能打开，可能是网络断了。");
      const hotline = this.getAttribute("hotline");
      if (hotline) add("a", "打客服 " + hotline).href = "tel:" + hotline.replace(/[^\d+]/g, "");
      else add("p", "急着收款？客服电话印在机身标签、合同或小票上。");
      add("button", "再试一次").onclick = () => { box.textContent = "正在打开…"; this.#start(); };
      this.#mount.replaceWith(box);
      this.#mount = box;
      this.#emit("error", { message: String(error.message) });
    }
  }
  for (const name of ATTRIBUTES) {
    const flag = name === "opened";
    Object.defineProperty(PosdocChat.prototype, camel(name), {
      get() { return flag ? this.hasAttribute(name) : this.getAttribute(name); },
      set(value) { if (value === null || value === undefined || value === false) this.removeAttribute(name); else this.setAttribute(name, flag ? "" : value); },
      enumerable: true, configurable: true,
    });
  }
  customElements.define(NAME, PosdocChat);

  // One script tag is enough: a launcher appears unless the page placed an element by hand.
  const place = () => {
    if (document.querySelector(NAME)) return;
    const chat = document.createElement(NAME);
    for (const [key, value] of Object.entries(script ? script.dataset : {})) {
      const name = key.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
      if (ATTRIBUTES.includes(name)) chat.setAttribute(name, value);
    }
    document.body.append(chat);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})();
