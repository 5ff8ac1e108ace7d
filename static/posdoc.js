/* posdoc: the loader and the skin of <posdoc-chat>. Everything else arrives on intent, see open.js. Old
   browsers must be able to read this file, to say that they are too old: only ES2017 and import(). */
(() => {
  const page = document;
  const registry = window.customElements;
  let NAME = "posdoc-chat";
  // Twice by mistake: the first one stays. A name that somebody else took: ours gets another.
  for (let taken; (taken = registry && registry.get(NAME)); NAME += "-1") if (taken.posdoc) return;
  let script = page.currentScript;
  if (!script || !script.src) script = page.querySelector("script[src*='posdoc.']");
  const base = new URL(".", script ? script.src : location).href;
  const ATTRIBUTES = ["mode", "opened", "query", "topic", "theme", "hotline", "provider", "device", "terminal-sn", "merchant-number", "pack", "hotline-hours", "human-url", "share-text"];
  const camel = (name) => name.replace(/-./g, (match) => match[1].toUpperCase());
  const PROPERTIES = ATTRIBUTES.map(camel);
  const make = (tag, given, ...inside) => {
    const made = page.createElement(tag);
    for (const key of Object.keys(given)) key in made ? made[key] = given[key] : made.setAttribute(key, given[key]);
    made.append(...inside);
    return made;
  };

  // `posdoc dist` puts a hashed name and its integrity for a name in braces; `make dev` has no hashes.
  // A module that failed stays failed under its address, and so may a file in a cache: a query makes it new.
  let tries = 0;
  const find = (file) => {
    const [name, integrity = ""] = file.replace(/[{}]/g, "").split(" ");
    return [base + name + (tries ? "?retry=" + tries : ""), integrity];
  };
  const get = (file) => {
    const [src, integrity] = find(file);
    return fetch(src, { integrity });
  };
  const theirs = (own, part) => fetch(new URL(own.replace(/\/?$/, "/" + part), page.baseURI));
  // Trusted Types: a page may take the addresses of scripts and markup only from a policy. Ours is made once
  // somebody wants the chat, as a page that forbids it hears of each try.
  let rules = { createScriptURL: String, createHTML: String };
  let asked;
  // import() takes no integrity, but it finds the module that a script element fetched and checked.
  const load = (file) => new Promise((done, fail) => {
    const [src, integrity] = find(file);
    if (!asked) try {
      asked = 1;
      rules = trustedTypes.createPolicy("posdoc", rules);
    } catch (error) {}
    page.documentElement.append(make("script", {
      type: "module", crossOrigin: "", nonce: script ? script.nonce : "", integrity, src: rules.createScriptURL(src),
      onload() { this.remove(); done(import(src)); },
      onerror() { this.remove(); fail(Error("网络断了，文件损坏，或类型（MIME）不对")); }
    }));
  });
  let fetched;
  let blocked;
  const again = () => { fetched = 0; tries++; };
  page.addEventListener("securitypolicyviolation", (event) => {
    const ours = event.sample === "posdoc";
    if (ours || event.blockedURI.startsWith(base)) blocked = event.effectiveDirective.replace("-elem", "") + " " + (ours ? "posdoc" : base);
  });

  const STYLE = `:host{display:block;touch-action:auto!important}:host([mode=inline]){height:100%;min-height:26em}
:host(:not([mode=inline])){all:initial!important;position:absolute!important}
[part=launcher],[part=panel]{all:initial;position:fixed;z-index:2147483647;direction:ltr;font:17px/1.6 system-ui,sans-serif}
[part=launcher]{right:max(16px,env(safe-area-inset-right));bottom:max(16px,env(safe-area-inset-bottom));padding:14px 20px;border-radius:28px;background:var(--posdoc-accent,#0a5c46);color:var(--posdoc-on-accent,#fff);font-weight:600;cursor:pointer;box-shadow:0 4px 16px #0005}
[part=launcher]:focus-visible{outline:3px solid;outline-offset:-6px}
[part=panel]{inset:0;overflow:hidden;background:Canvas;color:CanvasText;color-scheme:light dark;user-select:text}
@media(min-width:560px) and (min-height:480px){[part=panel]{inset:auto 20px 20px auto;width:400px;height:min(760px,calc(100% - 40px));border-radius:18px;box-shadow:0 4px 16px #0005}}
:host([mode=inline]) [part=panel]{display:block;position:relative;inset:auto;width:100%;height:100%;min-height:inherit;border-radius:0;box-shadow:none}
@media print{:host(:not([mode=inline])){display:none!important}}
.mount{height:100%}.plain>*{display:block;margin:20px;font:inherit}:host([hidden]),[hidden]{display:none!important}`;

  const able = registry && window.WebAssembly && window.fetch && Element.prototype.attachShadow && "adoptedStyleSheets" in page && "replaceSync" in CSSStyleSheet.prototype;

  // Above everything of the page and unmoved by what it does to its root: not in older browsers, nor
  // where the page has taken the element away meanwhile.
  const rise = (part) => {
    part.popover = "manual";
    try { part.togglePopover(true); } catch (error) {}
  };

  // What a link on a sticker asks for; the first chat of the page does it, once.
  let link = new URLSearchParams(location.search);

  class PosdocChat extends HTMLElement {
    connectedCallback() {
      if (!able) {
        this._root = this._root || this.append(...this._plain("浏览器太旧，打不开 POS 机医生。")) || 1;
        return;
      }
      for (const [key, name] of [["", "topic"], ["-ask", "query"], ["-sn", "terminalSn"], ["-device", "device"]]) {
        const asked = link.get("posdoc" + key);
        if (asked != null) this[name] = asked, this.opened = true;
      }
      link = new Map();
      if (!this._panel) {
        // Properties that were set before there was a class for them.
        for (const key of PROPERTIES) if (this.hasOwnProperty(key)) {
          const value = this[key];
          delete this[key];
          this[key] = value;
        }
        // Intent: fetch while the finger is still on its way.
        const onfocus = () => this._fetch();
        this._launcher = make("button", { part: "launcher", lang: "zh-CN", onclick: () => this.open(), onpointerenter: onfocus, onfocus }, "机器有问题？");
        this._panel = make("div", { part: "panel", lang: "zh-CN", "aria-label": "POS 机医生", hidden: true, tabIndex: -1 });
      }
      if (this._inline || this.opened) this.open();
      // In a task of its own, once the page is on the screen: that goes first.
      else requestAnimationFrame(() => setTimeout(() => this._build()));
    }
    _build() {
      if (!this._root) {
        this._root = this.attachShadow({ mode: "open" });
        this._root.append(this._launcher, this._panel);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this._root.adoptedStyleSheets = [sheet];
      }
      rise(this._launcher);
    }
    attributeChangedCallback(name, before, value) {
      if (before === value || !this._panel) return;
      this._send("set", name, value);
      this._inline || this.opened ? this.open() : this.close();
    }
    get _inline() { return this.getAttribute("mode") === "inline"; }

    open() {
      this.opened = true;
      if (!this._panel || !this._panel.hidden) return;
      this._build();
      this._launcher.hidden = true;
      this._panel.hidden = false;
      if (!this._inline) {
        rise(this._panel);
        this._panel.setAttribute("role", "dialog");
        this._panel.focus();
        this._send("opened");
      }
      this._emit("open");
      this._start();
    }
    close() {
      if (!this._panel || this._inline || this._panel.hidden) return;
      this._panel.hidden = true;
      this._launcher.hidden = false;
      this.opened = false;
      this._launcher.focus();
      this._emit("close");
    }
    ask(text) { this.open(); this._send("ask", String(text)); }
    reset() { this._send("reset"); }

    _fetch() {
      if (!fetched) {
        const own = this.pack;
        fetched = [load("{{widget.js}}"), get("{{widget_bg.wasm}}"), own ? theirs(own, "interface.pack") : get("{{interface.pack}}")];
        fetched.own = own;
        // Whoever waits for them hears of failures.
        for (const part of fetched) part.catch(again);
      }
      return fetched;
    }
    async _start() {
      if (this._app || this._busy) return;
      this._busy = true;
      this._show("status", "正在打开…", make("progress", {}));
      let widget;
      try {
        const parts = this._fetch();
        widget = await parts[0];
        this._app = await widget.open(this, parts, { load, get, again, theirs, rules });
      } catch (error) {
        again();
        addEventListener("online", () => this._start(), { once: true });
        // Browsers tell of what a policy blocked a little later.
        await new Promise((later) => setTimeout(later, 99));
        const message = blocked ? "网站的安全策略（CSP）要放行 " + blocked : widget ? await widget.why(error) : error.message;
        console.error("posdoc:", message, error);
        this._show("alert", ...this._plain("没能打开：" + message + "。"), make("button", { onclick: () => this._start() }, "再试一次"));
        this._emit("error", { message });
      }
      this._busy = false;
    }
    // Words, whom to call, and all topics on a page that needs no script.
    _plain(text) {
      const hotline = this.hotline;
      return [
        make("p", {}, text),
        hotline ? make("a", { href: "tel:" + hotline.replace(/[^\d+]/g, "") }, "打客服 " + hotline) : "客服电话印在机身标签、合同或小票上。",
        make("a", { href: base + "faq.html#" + (this.topic || ""), target: "_blank" }, "看全部问题和步骤")
      ];
    }
    _show(role, ...inside) {
      if (!this._inline) inside.push(make("button", { onclick: () => this.close() }, "关闭"));
      this._panel.replaceChildren(make("div", { className: "plain", role }, ...inside));
    }
    _send(...command) { (this._queue = this._queue || []).push(command); }
    _emit(name, detail = {}) { this.dispatchEvent(new CustomEvent("posdoc:" + name, { bubbles: true, composed: true, detail })); }
  }
  PosdocChat.posdoc = PosdocChat.observedAttributes = ATTRIBUTES;
  for (const name of ATTRIBUTES) {
    const flag = name === "opened";
    Object.defineProperty(PosdocChat.prototype, camel(name), {
      get() {
        const value = this.getAttribute(name);
        // Vue writes false as a word while there is no class yet.
        return flag ? value != null && value != "false" : value;
      },
      set(value) { value == null || value === false ? this.removeAttribute(name) : this.setAttribute(name, value === true ? "" : value); },
      enumerable: true
    });
  }
  if (registry) registry.define(NAME, PosdocChat);

  // One script tag is enough: a launcher appears unless the page placed an element by hand. It stands
  // beside the body, which single-page sites replace, and whose transforms would move it.
  const place = () => {
    if (!page.querySelector(NAME)) {
      const chat = make(NAME, {});
      for (const key of PROPERTIES) if (script && key in script.dataset) chat[key] = script.dataset[key];
      (able ? page.documentElement : page.body).append(chat);
    }
    if (!registry) for (const chat of page.querySelectorAll(NAME)) Object.setPrototypeOf(chat, PosdocChat.prototype).connectedCallback();
  };
  page.readyState === "loading" ? page.addEventListener("DOMContentLoaded", place) : place();
})();
