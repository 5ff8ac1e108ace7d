/* posdoc: the second half of the loader: what is needed once a chat has been opened. `posdoc dist` puts
   it in front of the widget's own script, whose names it uses; so it keeps its own to itself. */
let rules;
export const { open, why } = (() => {
  const remember = (kept, key, work) => {
    if (!kept.has(key)) kept.set(key, work().catch((error) => { kept.delete(key); throw error; }));
    return kept.get(key);
  };
  const kept = new Map();

  // Browsers do not say why a file could not be had, so its head is asked for.
  const reason = async (file) => {
    const [name] = file.replace(/[{}]/g, "").split(" ");
    const head = await fetch(new URL(name, import.meta.url), { method: "HEAD", cache: "reload" }).catch(() => undefined);
    if (!head) return "可能是网络断了";
    // Sites of one page answer with it whatever is asked for.
    const there = head.ok && !/html/.test(head.headers.get("Content-Type"));
    return (there ? "下载的" + (name.endsWith(".pack") ? "内容包" : "文件") + "有损坏：" : "服务器上缺文件：") + name;
  };
  const sound = async (file, fetching) => {
    const answer = await fetching.catch(() => undefined);
    if (!answer || !answer.ok) throw new Error(await reason(file));
    return answer;
  };
  // Between two pieces of work the page may paint and listen, so that none of them holds it up for long.
  const breath = () => new Promise((later) => setTimeout(later));
  const bytes = async (answer) => {
    const read = new Uint8Array(await answer.arrayBuffer());
    await breath();
    return read;
  };

  // The provider's own part of a pack where it can be had and fits, else ours, and the console says why.
  const fitting = async (own, part, fetching, ours, use) => {
    if (own) {
      try {
        const answer = await fetching.catch(() => { throw new Error("下载不了。查一下网络、跨域头（CORS）、安全策略的 connect-src"); });
        if (!answer.ok) throw new Error("HTTP " + answer.status + "。查一下 pack 写的文件夹里有没有它");
        return use(await bytes(answer), own);
      } catch (error) {
        console.warn(`posdoc: ${own} 的 ${part} 不能用，改用自带的内容：${error.message}`);
      }
    }
    return use(await bytes(await ours()), null);
  };

  const engine = async (own, { load, get, theirs }) => {
    const ours = () => sound("{{engine.pack}}", get("{{engine.pack}}"));
    const content = own ? theirs(own, "engine.pack") : ours();
    content.catch(() => {});
    const loading = load("{{engine.js}}");
    loading.catch(() => {});
    const code = await sound("{{engine_bg.wasm}}", get("{{engine_bg.wasm}}"));
    const glue = await loading;
    await glue.default({ module_or_path: code });
    const articles = await fitting(own, "engine.pack", content, own ? ours : () => content, (pack, whose) => {
      kept.set("own", whose);
      return glue.open(pack);
    });
    // All that is said is from one of the two: where their engine cannot be used, nor can their words.
    const instead = own && !kept.get("own") ? await bytes(await sound("{{interface.pack}}", get("{{interface.pack}}"))) : [];
    await breath();
    // The first time takes longer.
    glue.suggest("");
    await breath();
    return { articles, instead, ask: glue.ask, suggest: glue.suggest };
  };
  const drawings = async (own, { get, theirs }) => {
    const ours = () => sound("{{drawings.pack}}", get("{{drawings.pack}}"));
    return fitting(own, "drawings.pack", own && theirs(own, "drawings.pack"), ours, (pack) => pack);
  };

  const open = async (chat, fetched, tools) => {
    const [, code, pack] = fetched;
    ({ rules } = tools);
    await remember(kept, "widget", async () => __wbg_init({ module_or_path: await sound("{{widget_bg.wasm}}", code) }));
    // Not chat.shadowRoot: some pages close every root that is attached.
    const root = chat._root;
    if (root.adoptedStyleSheets.length === 1) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style());
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }
    // The answer may be wanted again, by another chat on the page.
    const first = pack.then((answer) => answer.clone());
    first.catch(() => {});
    // Chats on one page share the engine, so they share the content too: that of the first.
    if (!kept.has("own")) kept.set("own", chat.pack);
    let own = kept.get("own");
    const fetching = own && (own === fetched.own ? first : tools.theirs(own, "interface.pack"));
    const ours = () => sound("{{interface.pack}}", fetched.own ? tools.get("{{interface.pack}}") : first);
    const mounted = document.createElement("div");
    mounted.className = "mount";
    const host = {
      engine: () => remember(kept, "engine", () => breath().then(() => engine(own, tools))).catch((error) => {
        tools.again();
        addEventListener("online", () => chat._send("retry"), { once: true });
        throw error;
      }),
      drawings: () => remember(kept, "drawings", () => drawings(kept.get("own"), tools)),
      emit: (name, detail) => chat._emit(name, detail),
      close: () => chat.close(),
    };
    const attributes = [...chat.attributes].map((attribute) => [attribute.name, attribute.value]);
    // Whose conversation this is, where there are several: the element's id, else its place.
    const nth = [...chat.getRootNode().querySelectorAll(chat.localName)].indexOf(chat);
    attributes.unshift(["key", chat.id ? "-" + chat.id : nth > 0 ? "-" + nth : ""]);
    root.querySelector("[part=panel]").replaceChildren(mounted);
    const app = await fitting(own, "interface.pack", fetching, ours, (pack, whose) => {
      kept.set("own", own = whose);
      return mount(mounted, host, attributes, pack);
    });
    chat._send = (...command) => send(app, ...command);
    for (const command of (chat._queue || []).splice(0)) if (command[0] === "ask" || command[0] === "reset") chat._send(...command);
    // What is typed here is not for the page's keyboard shortcuts.
    for (const kind of ["keydown", "keypress", "keyup"]) {
      root.addEventListener(kind, (event) => {
        event.stopPropagation();
        // In Safari the key that gave up a composition comes after its end, with the input method's code.
        if (kind === "keydown" && event.key === "Escape" && !event.isComposing && event.keyCode !== 229) chat.close();
      });
    }
    return true;
  };

  // What an error means for whoever runs the page.
  const why = async (error) => /unsafe-eval|blocked by CSP/.test(error.message) ? "网站的安全策略（CSP）缺 script-src 'wasm-unsafe-eval'" : error.message;
  return { open, why };
})();
