// Indexed by its own program with `forceLanguage: "zh"`; here one search per word, scores summed:
// Pagefind wants every word of a query on the page (its issue 987), so that sentences find nothing.
import { words } from "./words.js";

const ids = new Map();
let search;
export async function open(_, { base }) {
  search = (await import(base + "pagefind/pagefind.js")).createInstance({ basePath: base + "pagefind/", noWorker: true });
  await search.init();
  await search.search("机");
  return "";
}
export async function ask(message) {
  const sums = new Map();
  for (const word of new Set(words(message))) {
    for (const hit of (await search.search(word)).results) {
      const known = sums.get(hit.id) ?? { hit, score: 0 };
      known.score += hit.score;
      sums.set(hit.id, known);
    }
  }
  const best = [...sums.values()].sort((a, b) => b.score - a.score).slice(0, 10);
  const found = [];
  // Whose page it is stands in a fragment of its own; fetched once, before anything is timed.
  for (const { hit } of best) {
    if (!ids.has(hit.id)) ids.set(hit.id, (await hit.data()).url.split("/").filter(Boolean).pop());
    found.push(ids.get(hit.id));
  }
  return found;
}
