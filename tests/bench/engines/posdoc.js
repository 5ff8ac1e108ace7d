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
/** A verdict (`src/content/record.rs`): how many bytes of numbers, the numbers, of which the first are the decision
    and how many topics there are; then the texts, each ended by a tab: the message, and each topic and its title. */
export function ask(message) {
  const bytes = engine.ask(message);
  let at = 0;
  const number = () => {
    let sum = 0, shift = 0, byte;
    do { byte = bytes[at++]; sum |= (byte & 127) << shift; shift += 7; } while (byte > 127);
    return sum;
  };
  const length = number(), texts = new TextDecoder().decode(bytes.subarray(at + length)).split("\t");
  const refused = number() === 2;
  const topics = Array.from({ length: number() }, (_, nth) => texts[1 + 2 * nth]);
  return refused ? [] : topics;
}
export const suggest = (typed) => engine.suggest(typed);
