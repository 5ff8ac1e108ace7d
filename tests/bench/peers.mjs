// Other libraries on the same content, in the same loop, beside our engine.
import { createServer } from "node:http";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import * as pagefind from "pagefind";
import { both, table } from "./figures.mjs";
import { SLOWDOWN } from "./product.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/** One engine's share of the run that is timed, in ms. */
const BUDGET = 12_000;
const ENGINES = [
  ["posdoc", "posdoc（连同文章）"],
  ["minisearch", "MiniSearch 7.2，词和双字，opencc-js 繁转简"],
  ["flexsearch", "FlexSearch 0.8，词"],
  ["pagefind", "Pagefind 1.6，zh，逐词相加"],
];
const TYPES = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".html": "text/html" };
const brotli = (bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? bytes.length
  : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length);

/** A page apart from all others, which is what a clock of 5 µs is only given to. */
export async function apart(folder) {
  const server = createServer(async (request, answer) => {
    const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cache-Control": "no-store" };
    const path = new URL(request.url, "http://x").pathname;
    try {
      const bytes = path === "/" ? '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">' : await readFile(join(folder, path));
      answer.writeHead(200, { ...headers, "Content-Type": path === "/" ? "text/html" : TYPES[extname(path)] ?? "application/octet-stream" });
      answer.end(bytes);
    } catch {
      answer.writeHead(404, headers).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => { server.closeAllConnections(); server.close(); } };
}

/** Pagefind's own program reads pages; every topic is one. Returns what a search downloads, brotli. */
async function pagefindIndex(topics, to) {
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const { index } = await pagefind.createIndex({ forceLanguage: "zh" });
  for (const { id, title, body, phrases } of topics) {
    const said = phrases.map((phrase) => `<li>${escaped(phrase)}</li>`).join("");
    await index.addHTMLFile({
      url: `/${id}/`,
      content: `<html lang="zh-CN"><head><title>${escaped(title)}</title></head><body data-pagefind-body><h1>${escaped(title)}</h1><p>${escaped(body)}</p><ul data-pagefind-weight="3">${said}</ul></body></html>`,
    });
  }
  await index.writeFiles({ outputPath: to });
  await pagefind.close();
  let sum = 0;
  for (const found of await readdir(to, { recursive: true, withFileTypes: true })) {
    const file = join(found.parentPath ?? found.path, found.name);
    if (found.isFile() && /pagefind\.js$|pagefind-entry\.json$|wasm\.|\.pf_meta$|\.pf_index$/.test(file)) sum += brotli(await readFile(file));
  }
  return sum;
}

/** Runs in the page, at full speed: what is said to each message. */
async function tell({ engine, topics, judged, base, files }) {
  const library = (window.library = await import(base + engine + ".js"));
  const index = await library.open(topics, { base, files });
  const found = [];
  for (const message of judged) found.push(await library.ask(message));
  return { index, found };
}

/** Runs in the same page, slowed down, until the budget is spent: milliseconds per message and key. */
async function time({ timed, typed, budget }) {
  const library = window.library;
  const times = [];
  // A slow library does not get through: so the messages come in strides, and what it does is a sample.
  const order = timed.map((_, nth) => timed[(nth * 37) % timed.length]);
  for (const message of order.slice(0, 40)) await library.ask(message);
  const ends = performance.now() + budget;
  while (performance.now() < ends && times.length < 20 * timed.length) {
    for (const message of order) {
      const at = performance.now();
      const answer = library.ask(message);
      if (answer.then) await answer;
      times.push(performance.now() - at);
      if (performance.now() > ends) break;
    }
    await new Promise((later) => setTimeout(later));
  }
  const keys = [];
  for (const text of library.suggest ? typed : []) {
    const at = performance.now();
    library.suggest(text);
    keys.push(performance.now() - at);
  }
  return { times, keys };
}

/** How many messages were understood: right first, right among three, refused rightly and wrongly. */
export function judge(rows, found) {
  const among = (at, most) => found[at].slice(0, most).some((topic) => rows[at].right.includes(topic));
  const clear = [...rows.keys()].filter((at) => rows[at].right.length && rows[at].kind !== "ambiguous");
  const strange = [...rows.keys()].filter((at) => !rows[at].right.length);
  const share = (whole, test) => whole.filter(test).length / whole.length;
  return {
    first: share(clear, (at) => among(at, 1)),
    three: share(clear, (at) => among(at, 3)),
    wrongly: share(clear, (at) => !found[at].length),
    refused: share(strange, (at) => !found[at].length),
    counts: { in: clear.length, out: strange.length },
  };
}

/** The table of what {@link compare} found. */
export function comparison(compared) {
  const rows = compared.map(({ label, first, three, refused, wrongly, bytes, times }) => [
    label, ...[first, three, refused, wrongly].map((share) => (100 * share).toFixed(1)), (bytes / 1000).toFixed(1), both(times, 2),
  ]);
  const { in: inScope, out } = compared[0].counts;
  return `同样的内容、同样的消息（准确率：\`tests/eval/report.tsv\` 里说得清的 ${inScope} 条和不归我们管的 ${out} 条；时间：\`tune.tsv\`），处理器放慢 ${SLOWDOWN} 倍，毫秒：

${table(["", "第一就对 %", "前三 % ", "不归我们管的拒掉 %", "错拒 %", "代码和索引 brotli KB", "一次回答 p50 / p99"], rows)}`;
}

/** Our engine and its peers on the same topics. `general` turns an article's id into the topic's that messages are labelled with. */
export async function compare(browser, { out, topics, pressed, site, timed, judged, note, general = (id) => id }) {
  const folder = join(out, "engines");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ENGINES.map(([name]) => join(HERE, "engines", name + ".js")), outdir: folder,
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", logLevel: "error",
  });
  const shipped = ["engine.js", "engine_bg.wasm", "engine.pack"];
  const files = Object.fromEntries(shipped.map((role) => [role, pressed[role].name]));
  for (const name of Object.values(files)) await cp(join(site, name), join(folder, name), { recursive: true });
  const found = await pagefindIndex(topics, join(folder, "pagefind"));
  const server = await apart(folder);
  const compared = [];
  try {
    for (const [engine, label] of ENGINES) {
      const profile = await browser.newContext();
      const page = await profile.newPage();
      await page.goto(server.address);
      const plain = (rows) => rows.map(({ message }) => message);
      const typed = plain(timed).flatMap((message) => Array.from({ length: Math.min(10, message.length) }, (_, nth) => message.slice(0, nth + 1)));
      const told = await page.evaluate(tell, { engine, topics, judged: plain(judged), base: server.address, files });
      const session = await profile.newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
      const seen = await page.evaluate(time, { timed: plain(timed), typed, budget: BUDGET });
      await profile.close();
      const code = brotli(await readFile(join(folder, engine + ".js")));
      const bytes = engine === "posdoc" ? shipped.reduce((sum, role) => sum + pressed[role].brotli, 0)
        : engine === "pagefind" ? code + found : code + brotli(Buffer.from(told.index));
      compared.push({ name: engine, label, bytes, times: seen.times, keys: seen.keys, ...judge(judged, told.found.map((ids) => [...new Set(ids.map(general))])) });
      note(`${engine}: ${(100 * compared.at(-1).first).toFixed(1)} % right first, ${seen.times.length} answers timed`);
    }
  } finally {
    server.stop();
  }
  return compared;
}
