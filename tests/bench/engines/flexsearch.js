// A custom `encode`, its issue 21's way to Chinese; `suggest`, because else every word must match.
import { Document } from "flexsearch";
import { fields, words } from "./words.js";

let search;
export function open(topics) {
  search = new Document({ document: { id: "id", index: ["title", "phrases", "body"] }, encode: words });
  for (const topic of topics) search.add(fields(topic));
  const parts = [];
  search.export((key, part) => { if (part !== undefined) parts.push([key, part]); });
  return JSON.stringify(parts);
}
export const ask = (message) => search.search(message, { merge: true, limit: 10, suggest: true }).slice(0, 10).map((hit) => hit.id);
