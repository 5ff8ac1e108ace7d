// As its issue 201 advises for Chinese: a tokenizer of one's own, and no fuzziness there. Boosts, and
// Traditional made Simplified, are the best of what was tried.
import MiniSearch from "minisearch";
import { Converter } from "opencc-js/t2cn";
import { fields, wordsAndPairs } from "./words.js";

const simplified = Converter({ from: "twp", to: "cn" });
export const index = "built";
let search;
export function open(topics) {
  search = new MiniSearch({
    fields: ["title", "body", "phrases"],
    tokenize: (text) => wordsAndPairs(simplified(text)),
    processTerm: (term) => term,
    searchOptions: { boost: { title: 2, phrases: 2 }, fuzzy: (term) => (/^[a-z]{4,}$/.test(term) ? 0.2 : false) },
  });
  search.addAll(topics.map(fields));
  return JSON.stringify(search);
}
export const ask = (message) => search.search(message).slice(0, 10).map((hit) => hit.id);
