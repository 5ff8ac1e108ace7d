// How the libraries are told to read Chinese: the platform's words, and characters two by two.
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const han = /\p{Script=Han}/u;
const plain = (text) => text.normalize("NFKC").toLowerCase();

export function words(text) {
  return [...segmenter.segment(plain(text))].filter((piece) => piece.isWordLike).map((piece) => piece.segment);
}

/** Words of three and more characters, every two neighbouring Chinese characters, and whatever is not Chinese as it is. */
export function wordsAndPairs(text) {
  const found = words(text).filter((word) => !han.test(word) || word.length > 2);
  for (const [run] of plain(text).matchAll(/\p{Script=Han}+/gu)) {
    for (let at = 0; at + 2 <= run.length; at++) found.push(run.slice(at, at + 2));
  }
  return found;
}

export const fields = ({ id, title, body, phrases }) => ({ id, title, body, phrases: phrases.join("\n") });
