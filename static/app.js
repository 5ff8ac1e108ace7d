/* The app at `/`, around the chat: three tabs, links into it, offline, updates, installing.
   The chat is posdoc.js; the agent's view is a wasm module of its own, fetched when first looked at. */
(() => {
  "use strict";
  const chat = document.querySelector("posdoc-chat");
  const version = document.documentElement.dataset.version;
  // `posdoc dist` puts a hashed name and its integrity for a name in braces; `make dev` has no hashes.
  const at = (file) => new URL(file.replace(/[{}]/g, "").split(" ")[0], document.baseURI).href;
  const get = async (file) => {
    const answer = await fetch(at(file), { integrity: file.split(" ")[1] ?? "" });
    if (!answer.ok) throw new Error("HTTP " + answer.status);
    return answer;
  };
  const bytes = async (file) => new Uint8Array(await (await get(file)).arrayBuffer());

  /* ---- tabs: what the address says is what is shown ---- */

  const panes = { chat: document.getElementById("chat"), agent: document.getElementById("agent") };
  const tabs = [...document.querySelectorAll("nav a")];
  const REPORTS = ["reports", "report", "edit", "conversations", "conversation"];
  const tabOf = (view) => (!view ? "chat" : REPORTS.includes(view) ? "reports" : "library");
  const show = (moved) => {
    const link = new URLSearchParams(location.search);
    // What such a link asks for is done once; a reload goes on where it was left.
    if (link.has("topic")) chat.setAttribute("topic", link.get("topic"));
    if (link.get("view") === "new") customElements.whenDefined("posdoc-chat").then(() => chat.reset());
    if (link.has("topic") || link.get("view") === "new") {
      history.replaceState(null, "", location.pathname);
      link.delete("view");
    }
    const tab = tabOf(link.get("view"));
    for (const each of tabs) {
      if (each.dataset.tab === tab) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    }
    panes.chat.hidden = tab !== "chat";
    panes.agent.hidden = tab === "chat";
    document.title = (tab === "chat" ? "" : tab === "library" ? "查资料 · " : "巡检单 · ") + "POS 机医生";
    if (tab !== "chat") agent().then((view) => {
      view.route(location.search);
      panes.agent.scrollTop = 0;
      // A screen reader goes on from the new page's heading.
      if (moved) requestAnimationFrame(() => setTimeout(() => panes.agent.querySelector("h2")?.focus({ preventScroll: true })));
    }, () => {});
  };
  const go = (query) => { history.pushState(null, "", query); show(true); };
  addEventListener("popstate", () => show(true));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='?'], a[href='./']");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });

  /* ---- the agent's view ---- */

  let viewing = null;
  let tries = 0;
  const agent = () => viewing ??= (async () => {
    const box = panes.agent;
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: "正在打开…" }));
    try {
      const [module, engine, phrases] = await Promise.all([
        import(at("{{agent.js}}") + (tries ? "?retry=" + tries : "")), bytes("{{engine.pack}}"), bytes("{{agent.pack}}"),
      ]);
      await module.default({ module_or_path: get("{{agent_bg.wasm}}") });
      const mount = document.createElement("div");
      module.mount(mount, host, engine, phrases, location.search);
      box.replaceChildren(mount);
      return module;
    } catch (error) {
      console.error("posdoc:", error);
      viewing = null;
      tries++;
      // A file that went bad where it is kept is fetched again without anybody being asked.
      const { mended } = tries < 3 && workers?.controller ? await ask(workers.controller, "mend", 20000) : {};
      if (mended) return agent();
      const again = Object.assign(document.createElement("button"), { type: "button", textContent: "再试一次", onclick: () => show() });
      const line = Object.assign(document.createElement("p"), { className: "empty", textContent: "没能打开，可能是网络断了。问诊照常能用。 " });
      line.setAttribute("role", "alert");
      line.append(again);
      box.replaceChildren(line);
      throw error;
    }
  })();

  let asking = null;
  const started = new Promise((resolve) => chat.addEventListener("posdoc:ready", resolve, { once: true }));
  const host = {
    go,
    print: () => print(),
    // The chat takes up what its tab keeps when it starts.
    async resume(id, key, text) {
      (await recorder()).turnTo(id);
      sessionStorage.setItem(key, text);
      location.assign("./");
    },
    save(name, type, text) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    },
    async share(text) {
      if (navigator.share) {
        try { await navigator.share({ text }); return "shared"; } catch (error) { if (error.name === "AbortError") return "shared"; }
      }
      await navigator.clipboard.writeText(text);
      return "copied";
    },
    // The chat's engine, as soon as it is here.
    async ask(text) {
      await started;
      return (await (asking ??= import(at("{{engine.js}}")))).ask(text);
    },
    drawings: () => bytes("{{drawings.pack}}"),
    persist: async () => navigator.storage?.persist?.(),
    async install() {
      const offer = installing;
      installing = null;
      await offer?.prompt();
    },
    async device() {
      const worker = navigator.serviceWorker?.controller;
      const known = worker ? await about(worker) : {};
      const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
      return JSON.stringify({
        version: known.version ?? (version.startsWith("{") ? "" : version), program: known.program ?? "", date: known.date ?? "",
        offline: !!worker, usage, quota,
        persisted: !!(await navigator.storage?.persisted?.()),
        installed: matchMedia("(display-mode: standalone)").matches || !!navigator.standalone,
        installable: !!installing,
        ios: /iPhone|iPad/.test(navigator.userAgent),
      });
    },
  };

  let installing = null;
  addEventListener("beforeinstallprompt", (event) => {
    // Asked for in 关于, not over somebody's broken terminal.
    event.preventDefault();
    installing = event;
  });

  /* ---- conversations: kept for the agent, see record.js ---- */

  const recorder = () => import(at("{{record.js}}"));
  for (const kind of ["turn", "solved", "unsolved", "unmatched", "handover"]) {
    chat.addEventListener("posdoc:" + kind, ({ detail }) => recorder().then(({ record }) => record(chat, detail.turn)).catch((error) => {
      console.warn("posdoc: this conversation is not kept:", error);
      if (error?.name === "QuotaExceededError") notice("unkept", "空间满了，这次问诊没能记下来。聊天照常；清理手机空间，或在「关于和存储」里看看。", ["知道了"]);
    }));
  }
  chat.addEventListener("posdoc:clear", () => recorder().then(({ forget }) => forget()).catch((error) => console.warn("posdoc:", error)));

  /* ---- notices: one line at the top, with what can be done about it ---- */

  const notices = document.getElementById("notices");
  const notice = (kind, text, ...buttons) => {
    const line = document.createElement("p");
    line.dataset.notice = kind;
    line.append(text);
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.onclick = () => { line.remove(); act?.(); };
      line.append(button);
    }
    notices.querySelector(`[data-notice="${kind}"]`)?.remove();
    notices.append(line);
  };

  /* ---- offline: whether this version starts is what decides whether it is kept ---- */

  const workers = navigator.serviceWorker;
  const tell = (message) => workers?.controller?.postMessage({ ...message, version });
  const ask = (worker, kind, patience) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ kind }, [port2]);
    setTimeout(resolve, patience, {});
  });
  const about = (worker) => ask(worker, "about", 3000);

  let outcome = null;
  const settle = (kind) => {
    if (outcome !== "started") outcome = kind;
    tell({ kind: outcome });
    register();
  };
  chat.addEventListener("posdoc:ready", () => settle("started"));
  chat.addEventListener("posdoc:error", () => settle("failed"));

  const words = ({ added = [], changed = 0 } = {}) => {
    const parts = [];
    if (added.length) parts.push(`新增 ${added.length} 个主题`);
    if (changed) parts.push(`改了 ${changed} 个主题`);
    return parts.length ? `内容已更新：${parts.join("，")}。` : "程序有更新。";
  };
  let applying = false;
  const announce = async (worker) => notice("update", words((await about(worker)).news),
    ["换用新版", () => { applying = true; worker.postMessage({ kind: "apply" }); }], ["以后再说"]);

  // Not in `make dev`, where there is no version, and not where the browser has no workers.
  const offline = !!workers && !version.startsWith("{");
  let registering = null;
  function register() {
    if (!offline) return;
    registering ??= workers.register("sw.js", { updateViaCache: "none" }).then(async (registration) => {
      const watch = (worker) => worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && registration.active) announce(worker);
      });
      if (registration.waiting && registration.active) announce(registration.waiting);
      watch(registration.installing);
      registration.addEventListener("updatefound", () => watch(registration.installing));
      // Looking again costs one small request; a phone in a pocket need not do it all day.
      let looked = Date.now();
      const look = () => {
        if (document.hidden || Date.now() - looked < 60 * 60 * 1000) return;
        looked = Date.now();
        registration.update().catch(() => {});
      };
      document.addEventListener("visibilitychange", look);
      addEventListener("online", look);
      const { fallen } = registration.active ? await about(registration.active) : {};
      if (fallen) notice("fallen", "新版没能打开，现在用的是上一版。", ["再试新版", () => { tell({ kind: "again" }); location.reload(); }], ["知道了"]);
    }).catch((error) => { registering = null; console.warn("posdoc: no offline copy:", error); });
  }
  if (offline) {
    const controlled = !!workers.controller;
    workers.addEventListener("controllerchange", () => {
      if (outcome) tell({ kind: outcome });
      if (applying) location.reload();
      else if (controlled) notice("elsewhere", "另一个页面换用了新版。", ["这里也换", () => location.reload()], ["等会儿"]);
    });
    workers.addEventListener("message", ({ data }) => {
      if (data.kind === "full") notice("full", "手机空间不够，没能存下离线内容。联网时照常能用，清理空间后再打开一次。", ["知道了"]);
      if (data.kind === "fallen") location.reload();
      // Where a chat is on the screen it has its own way to try again.
      if (data.kind === "mended" && !chat.shadowRoot?.querySelector("[part=log]")) location.reload();
    });
    // The chat comes first; should it never report, this is not to depend on it.
    setTimeout(register, 8000);
  }
  show(false);
})();
