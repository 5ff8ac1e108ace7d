// `make bench`: see README.md. Prints Markdown, and keeps it in target/bench/table.md.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { before, beforeTable } from "./before.mjs";
import { both, median, spread, table } from "./figures.mjs";
import { Line } from "./line.mjs";
import { compare, comparison } from "./peers.mjs";
import { noteMemories, start, stranger, talk, tap, unchecked } from "./product.mjs";
import { CONTENT, OUT, POSDOC, RATE, ROUND_TRIP, browse, conditions, messages, note, serve, site } from "./site.mjs";

const RUNS = Number(process.env.RUNS || 10);
const FIRST = "装了纸还说没纸";
const TURNS = 100;
const TYPED = 40;

const load = [loadavg()[0]];

async function product(browser, line, address, asked) {
  const found = {};
  const add = (what, value) => (found[what] ??= []).push(value);
  for (let run = 1; run <= RUNS; run++) {
    note(`run ${run} of ${RUNS}`);
    load.push(loadavg()[0]);
    let visitor = await stranger(browser, FIRST);
    let seen = await tap(visitor, address + "bench.html");
    add("tap usable", seen.usable), add("tap answered", seen.answered), add("tap long", seen.long);
    seen = await tap(visitor, address + "bench.html");
    add("tap again usable", seen.usable), add("tap again answered", seen.answered);
    await visitor.close();

    visitor = await stranger(browser, FIRST);
    await visitor.profile.addInitScript(unchecked);
    seen = await tap(visitor, address + "bench.html");
    add("unchecked usable", seen.usable), add("unchecked answered", seen.answered);
    await visitor.close();

    visitor = await stranger(browser, FIRST);
    seen = await start(visitor, address, true);
    add("app usable", seen.usable), add("app answered", seen.answered);
    seen = await start(visitor, address);
    add("app again usable", seen.usable), add("app again answered", seen.answered);
    await line.cut();
    try {
      seen = await start(visitor, address);
      add("offline usable", seen.usable), add("offline answered", seen.answered);
    } finally {
      await line.mend();
    }
    await visitor.close();
  }
  note("keystrokes and turns");
  for (let run = 1; run <= Math.min(RUNS, 3); run++) {
    const visitor = await stranger(browser, null);
    await visitor.profile.addInitScript(noteMemories);
    const clear = asked.map(({ message }) => message);
    const typed = clear.filter((message) => message.length >= 4).slice(0, TYPED).map((message) => message.slice(0, 12));
    const seen = await talk(visitor, address + "?", typed, clear.slice(0, TURNS));
    (found.keys ??= []).push(...seen.keys);
    (found.answers ??= []).push(...seen.answers);
    add("long", seen.long), add("heap", seen.heap / 1e6), add("wasm", seen.wasm / 1e6);
    await visitor.close();
  }
  return found;
}

function report(found, untouched, compared, pressed, version) {
  const weigh = (...names) => names.reduce((sum, name) => sum + (pressed[name]?.brotli ?? 0), 0);
  const usable = weigh("posdoc.js", "widget.js", "widget_bg.wasm", "interface.pack");
  const answering = usable + weigh("engine.js", "engine_bg.wasm", "engine.pack");
  const ms = (what) => spread(found[what]);
  const ours = compared.find((one) => one.name === "posdoc");
  const rows = [
    ["点开 → 可用，第一次来", ms("tap usable"), "1500"],
    ["点开 → 第一个打字的回答，第一次来", ms("tap answered"), "3500"],
    ["点开 → 可用，第一次来，不核对完整性", ms("unchecked usable"), ""],
    ["点开 → 第一个打字的回答，第一次来，不核对完整性", ms("unchecked answered"), ""],
    ["点开 → 可用，第二次来（HTTP 缓存）", ms("tap again usable"), ""],
    ["点开 → 第一个打字的回答，第二次来", ms("tap again answered"), ""],
    ["打开 `/` → 可用，第一次来", ms("app usable"), ""],
    ["打开 `/` → 第一个打字的回答，第一次来", ms("app answered"), ""],
    ["打开 `/` → 可用，第二次来", ms("app again usable"), ""],
    ["打开 `/` → 可用，断网", ms("offline usable"), "600"],
    ["打开 `/` → 第一个打字的回答，断网", ms("offline answered"), ""],
    ["第一次打开期间最长的一段不响应", ms("tap long"), "50"],
    ["回答，只算引擎，p50 / p99", both(ours.times, 2), "– / 8"],
    ["联想，只算引擎，p50 / p99", both(ours.keys, 2), "– / 8"],
    ["回答，从点发送到排版好，p50 / p99", both(found.answers), ""],
    ["联想，从按键到排版好，p50 / p99", both(found.keys), ""],
    [`打字时超过 50 毫秒的任务（${found.keys.length} 次按键）`, String(found.long.reduce((sum, many) => sum + many, 0)), "0"],
  ];
  const sizes = [
    ["到可用为止，brotli", `${(usable / 1000).toFixed(1)} KB`, "120 KB"],
    ["到第一个打字的回答为止，brotli", `${(answering / 1000).toFixed(1)} KB`, "480 KB"],
    [`${TURNS} 轮之后的内存：JS 堆 + 两个模块的`, `${median(found.heap).toFixed(1)} + ${median(found.wasm).toFixed(1)} MB`, ""],
  ];
  return `${conditions(version, load)}；${RUNS} 次的中位数（四分位）。

${table(["毫秒", "量到", "目标"], rows)}

点开之前，同一页有按钮和没有按钮各 ${RUNS} 次，只算处理器的时间（Chromium 的 trace；不限网速）：

${table(["毫秒", "量到", "目标"], beforeTable(untouched))}

${table(["", "量到", "目标"], sizes)}

${comparison(compared)}
`;
}

await mkdir(OUT, { recursive: true });
const { to, pressed } = await site();
const topics = join(OUT, "topics.json");
execFileSync(POSDOC, ["bench", "--content", CONTENT, "--export", topics]);
const tune = await messages("tests/eval/tune.tsv");
const held = await messages("tests/eval/report.tsv");
const server = await serve(to);
const line = new Line({ target: server.port, rate: (RATE * 1000) / 8, roundTrip: ROUND_TRIP });
await line.mend();
const browser = await browse();
try {
  const asked = tune.filter(({ kind }) => kind !== "ambiguous");
  note("beside other libraries");
  const compared = await compare(browser, { out: OUT, topics: JSON.parse(await readFile(topics, "utf8")), pressed, site: to, timed: tune, judged: held, note });
  note("before anybody taps");
  const direct = (page) => `http://localhost:${server.port}/${page}`;
  const untouched = await before(browser, direct("bench.html"), direct("bare.html"), RUNS);
  const found = await product(browser, line, `http://localhost:${line.port}/`, asked);
  load.push(loadavg()[0]);
  const text = report(found, untouched, compared, pressed, browser.version());
  await writeFile(join(OUT, "table.md"), text);
  await writeFile(join(OUT, "figures.json"), JSON.stringify({ found, untouched, compared }, null, 1));
  console.log(text);
  note("kept in " + join(OUT, "table.md"));
} finally {
  await browser.close();
  await line.cut();
  server.stop();
}
