/* The app at `/`, around the chat: deep links, offline, updates. The chat itself is posdoc.js. */
(() => {
  "use strict";
  const chat = document.querySelector("posdoc-chat");
  const version = document.documentElement.dataset.version;

  /* ---- links into the app: ?topic=… from a sticker, ?view=new from a shortcut ---- */

  const link = new URLSearchParams(location.search);
  if (link.has("topic")) chat.setAttribute("topic", link.get("topic"));
  if (link.get("view") === "new") customElements.whenDefined("posdoc-chat").then(() => chat.reset());
  // What a link asked for is done once; a reload goes on where it was left.
  if (link.has("topic") || link.has("view")) history.replaceState(null, "", location.pathname);

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

  /* ---- offline ---- */

  // Not in `make dev`, where there is no version, and not where the browser has none.
  if (!("serviceWorker" in navigator) || version.startsWith("{")) return;
  const workers = navigator.serviceWorker;
  const tell = (message) => workers.controller?.postMessage({ ...message, version });
  const about = (worker) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ kind: "about" }, [port2]);
  });

  // Whether this version starts is what decides whether it is kept.
  let outcome = null;
  const settle = (kind) => {
    if (outcome !== "started") outcome = kind;
    tell({ kind: outcome });
    register();
  };
  chat.addEventListener("posdoc:ready", () => settle("started"));
  chat.addEventListener("posdoc:error", () => settle("failed"));

  let applying = false;
  const controlled = !!workers.controller;
  workers.addEventListener("controllerchange", () => {
    if (outcome) tell({ kind: outcome });
    if (applying) location.reload();
    else if (controlled) notice("elsewhere", "另一个页面换用了新版。", ["这里也换", () => location.reload()], ["等会儿"]);
  });
  workers.addEventListener("message", ({ data }) => {
    if (data.kind === "full") notice("full", "手机空间不够，没能存下离线内容。联网时照常能用，清理空间后再打开一次。", ["知道了"]);
    if (data.kind === "fallen") location.reload();
  });
  workers.startMessages?.();

  const words = ({ news: { added, changed } }) => {
    const parts = [];
    if (added.length) parts.push(`新增 ${added.length} 个主题`);
    if (changed) parts.push(`改了 ${changed} 个主题`);
    return parts.length ? `内容已更新：${parts.join("，")}。` : "程序有更新。";
  };
  const announce = async (worker) => notice("update", words(await about(worker)),
    ["换用新版", () => { applying = true; worker.postMessage({ kind: "apply" }); }], ["以后再说"]);

  let registering = null;
  function register() {
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
      return registration;
    }).catch((error) => { registering = null; console.warn("posdoc: no offline copy:", error); });
    return registering;
  }
  // The chat comes first; should it never report, this is not to depend on it.
  setTimeout(register, 8000);
})();
