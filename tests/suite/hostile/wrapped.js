// As tools that watch a page do: every answer copied, every script marked, every element subclassed.
const real = window.fetch;
window.fetch = (input, wish) => real(input, wish).then(async (answer) => new Response(await answer.clone().arrayBuffer(), { status: answer.status, headers: answer.headers }));
const create = document.createElement;
document.createElement = function (...given) { const made = create.apply(document, given); if (given[0] === "script") made.setAttribute("data-tracked", "1"); return made; };
const define = customElements.define;
customElements.define = function (name, made, wish) {
  return define.call(this, name, class extends made { connectedCallback() { this.dataset.tracked = 1; super.connectedCallback?.(); } }, wish);
};
