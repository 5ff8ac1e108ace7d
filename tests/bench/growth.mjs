// `make bench-growth`: ten and a hundred times the content, made by rule (`posdoc grow`). See README.md.
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { both, median, table } from "./figures.mjs";
import { Line } from "./line.mjs";
import { apart, compare, comparison, judge } from "./peers.mjs";
import { SLOWDOWN, noteMemories, stranger, tap } from "./product.mjs";
import { CONTENT, OUT, POSDOC, RATE, ROUND_TRIP, brotli, browse, conditions, messages, note, serve, site } from "./site.mjs";

const RUNS = Number(process.env.RUNS || 3);
const FACTORS = (process.env.FACTORS || "1,10,100").split(",").map(Number);
/** Whichever machine's article is found, the fault was understood. */
const general = (id) => id.split("--")[0];
/** At this factor other libraries index the same content. */
const COMPARED = 10;
/** The machine that the last row's pack is for. */
const MACHINE = "m07";
const FIRST = "装了纸还说没纸";
const PACKS = ["interface.pack", "engine.pack", "drawings.pack"];

const run = (...args) => execFileSync(POSDOC, args, { encoding: "utf8", maxBuffer: 1 << 28 });
const load = [loadavg()[0]];

/** Packs of `content`, and what it took to make them. */
async function build(content, to, ...choice) {
  const began = performance.now();
  const said = run("build", "--content", content, "--out", to, ...choice);
  const seconds = (performance.now() - began) / 1000;
  load.push(loadavg()[0]);
  const pressed = {};
  for (const pack of PACKS) {
    const bytes = brotli(await readFile(join(to, pack)));
    await writeFile(join(to, pack + ".br"), bytes);
    pressed[pack] = bytes.length;
  }
  return { seconds, megabytes: Number(/内存最多 (\d+) MB/.exec(said)?.[1]), pressed, raw: (await stat(join(to, "engine.pack"))).size };
}

/** Runs in a page that is slowed down: opening the engine, then every message once for its answer and again for its time. */
async function answer({ base, files, said, rounds }) {
  const engine = await import(base + "posdoc.js");
  await engine.open(null, { base, files });
  const found = said.map((message) => engine.ask(message));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    for (const message of said) {
      const at = performance.now();
      engine.ask(message);
      times.push(performance.now() - at);
    }
    await new Promise((later) => setTimeout(later));
  }
  return { opened: engine.opened, found, times, wasm: window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) };
}

/** The engine by itself, in a page with a fine clock. */
async function engine(browser, folder, files, said) {
  const server = await apart(folder);
  const opened = [];
  let seen;
  try {
    for (let run = 0; run < RUNS; run++) {
      const profile = await browser.newContext();
      await profile.addInitScript(noteMemories);
      const page = await profile.newPage();
      await page.goto(server.address);
      const session = await profile.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
      seen = await page.evaluate(answer, { base: server.address, files, said, rounds: 5 });
      opened.push(seen.opened);
      await profile.close();
    }
  } finally {
    server.stop();
  }
  return { ...seen, opened: median(opened) };
}

/** The whole chat over the slow line, from the tap on. */
async function chat(browser, address) {
  const seen = [];
  for (let run = 0; run < RUNS; run++) {
    const visitor = await stranger(browser, FIRST);
    await visitor.profile.addInitScript(noteMemories);
    seen.push(await tap(visitor, address));
    await visitor.close();
    load.push(loadavg()[0]);
  }
  return Object.fromEntries(["usable", "answered", "long", "wasm"].map((what) => [what, median(seen.map((one) => one[what]))]));
}

await mkdir(OUT, { recursive: true });
const { to, pressed } = await site();
const bare = join(OUT, "growth");
await rm(bare, { recursive: true, force: true });
await mkdir(bare, { recursive: true });
const { build: bundle } = await import("esbuild");
await bundle({ entryPoints: [new URL("engines/posdoc.js", import.meta.url).pathname], outdir: bare, format: "esm", logLevel: "error" });
for (const role of ["engine.js", "engine_bg.wasm"]) await cp(join(to, pressed[role].name), join(bare, role));
const judged = await messages("tests/eval/report.tsv");
const server = await serve(to);
const line = new Line({ target: server.port, rate: (RATE * 1000) / 8, roundTrip: ROUND_TRIP });
await line.mend();
const browser = await browse();
const rows = [];
let beside = "";
try {
  const measure = async (name, label, built, said) => {
    const files = { "engine.js": "engine.js", "engine_bg.wasm": "engine_bg.wasm", "engine.pack": `${name}.pack` };
    await cp(join(built.to, "engine.pack"), join(bare, files["engine.pack"]));
    await cp(built.to, join(to, "packs", name), { recursive: true });
    const help = (await readFile(join(to, "bench.html"), "utf8")).replace("data-hotline", `data-pack="packs/${name}" data-hotline`);
    await writeFile(join(to, `bench-${name}.html`), help);
    const alone = await engine(browser, bare, files, said);
    const whole = await chat(browser, `http://localhost:${line.port}/bench-${name}.html`);
    const { first, three } = judge(judged, alone.found.map((ids) => ids.map(general)));
    rows.push({ label, ...built, ...alone, ...whole, alone: alone.wasm, first, three });
    note(`${label}: ${JSON.stringify({ ...rows.at(-1), found: undefined, times: undefined })}`);
  };
  const plain = judged.map(({ message }) => message);
  for (const factor of FACTORS) {
    let content = CONTENT;
    if (factor > 1) {
      content = join(OUT, "grown", String(factor));
      await rm(content, { recursive: true, force: true });
      run("grow", "--content", CONTENT, "--factor", String(factor), "--out", content);
    }
    const topics = (await readFile(join(content, "topics.tsv"), "utf8")).split("\n").slice(1).filter((row) => row.trim());
    const packs = join(OUT, "packs", String(factor));
    const built = { to: packs, ...(await build(content, packs)) };
    await measure(`${factor}`, `${topics.length}`, built, plain);
    if (factor === COMPARED) {
      const all = join(OUT, "topics-grown.json");
      run("bench", "--content", content, "--export", all);
      const grown = { ...pressed, "engine.pack": { name: `packs/${factor}/engine.pack`, brotli: built.pressed["engine.pack"] } };
      const compared = await compare(browser, { out: OUT, topics: JSON.parse(await readFile(all, "utf8")), pressed: grown, site: to, timed: await messages("tests/eval/tune.tsv"), judged, note, general });
      beside = `\n${topics.length} 个主题，${comparison(compared)}\n`;
    }
    const own = topics.map((row) => row.split("\t")).find(([id]) => id.endsWith("--" + MACHINE));
    if (!own) continue;
    // The same messages from people who name their machine.
    const machine = own[2].split("：")[0];
    await measure(`${factor}-named`, `${topics.length}，都说出机型`, built, plain.map((message) => machine + message));
    if (factor === FACTORS.at(-1)) {
      const chosen = join(OUT, "packs", MACHINE);
      await measure(`${factor}-chosen`, `${topics.length} 里的一种机型`, { to: chosen, ...(await build(content, chosen, "--machines", MACHINE)) }, plain);
    }
  }
  const kilo = (bytes) => (bytes / 1000).toFixed(0);
  const mega = (bytes) => (bytes / 1e6).toFixed(1);
  const text = `${conditions(browser.version(), load)}；打开和点开是 ${RUNS} 次的中位数。

${table(["主题", "打包，秒", "打包，内存 MB", "interface + engine.pack，brotli KB", "engine.pack，原始 MB"], rows.filter(({ label }) => !label.includes("都")).map((row) => [row.label, row.seconds.toFixed(1), String(row.megabytes), `${kilo(row.pressed["interface.pack"])} + ${kilo(row.pressed["engine.pack"])}`, mega(row.raw)]))}

${table(["主题", "引擎打开，毫秒", "一次回答 p50 / p99，毫秒", "引擎的内存，MB", "点开 → 可用，毫秒", "→ 第一个打字的回答", "最长的一段不响应", "两个模块的内存，MB", "第一就对 / 前三 %"], rows.map((row) => [row.label, row.opened.toFixed(0), both(row.times, 2), mega(row.alone), row.usable.toFixed(0), row.answered.toFixed(0), row.long.toFixed(0), mega(row.wasm), `${(100 * row.first).toFixed(1)} / ${(100 * row.three).toFixed(1)}`]))}
${beside}`;
  await writeFile(join(OUT, "growth.md"), text);
  console.log(text);
  note("kept in " + join(OUT, "growth.md"));
} finally {
  await browser.close();
  await line.cut();
  server.stop();
}
