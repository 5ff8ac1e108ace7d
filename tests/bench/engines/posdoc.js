// Ours: the engine's module and pack exactly as shipped.
let engine;
/** How long the pack took to open, in ms, once it was here. */
export let opened;
export async function open(_, { base, files }) {
  engine = await import(base + files["engine.js"]);
  await engine.default({ module_or_path: fetch(base + files["engine_bg.wasm"]) });
  const pack = new Uint8Array(await (await fetch(base + files["engine.pack"])).arrayBuffer());
  const at = performance.now();
  engine.open(pack);
  opened = performance.now() - at;
  return "";
}
/** A verdict begins, in postcard, with the message, the decision and the matches. */
export function ask(message) {
  const bytes = engine.ask(message);
  let at = 0;
  const number = () => {
    let sum = 0, shift = 0, byte;
    do { byte = bytes[at++]; sum |= (byte & 127) << shift; shift += 7; } while (byte > 127);
    return sum;
  };
  const text = () => { const length = number(); at += length; return new TextDecoder().decode(bytes.subarray(at - length, at)); };
  text();
  const refused = number() === 2;
  const topics = Array.from({ length: number() }, () => { const topic = text(); text(); at += 4; return topic; });
  return refused ? [] : topics;
}
export const suggest = (typed) => engine.suggest(typed);
