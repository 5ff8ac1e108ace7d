/* posdoc for bundlers: adds the loader to the page, once. Nothing happens on import, so that it can be
   imported on a server too. */
let loading;
export function load(source = new URL("./site/posdoc.js", import.meta.url), attributes = {}) {
  loading = loading || new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = String(source);
    for (const key of Object.keys(attributes)) if (attributes[key] != null && attributes[key] !== false) script.dataset[key] = attributes[key] === true ? "" : attributes[key];
    script.onload = () => done(customElements.whenDefined("posdoc-chat").then(() => undefined));
    script.onerror = () => { loading = undefined; fail(new Error("posdoc: " + script.src)); };
    document.head.append(script);
  });
  return loading;
}
