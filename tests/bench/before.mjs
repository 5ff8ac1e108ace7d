// What a help page pays before anybody taps: Chromium's own trace of the page being loaded.
import { SLOWDOWN } from "./product.mjs";
import { percentile, median } from "./figures.mjs";

const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "blink.user_timing"];
const LOADER = /\/posdoc\.js$/;
const SCRIPT = new Set(["EvaluateScript", "FunctionCall", "v8.compile"]);
/** What the page does to show what scripts have put there. */
const SHOWN = new Set(["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"]);
const MARK = "nobody tapped";

/** Starts noting what the page does; what it returns ends that. */
async function trace(session) {
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { traceConfig: { includedCategories: CATEGORIES }, transferMode: "ReportEvents" });
  return async () => {
    const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
    await session.send("Tracing.end");
    await complete;
    return events;
  };
}

const holds = (outer, inner) => outer !== inner && outer.ts <= inner.ts && outer.ts + outer.dur >= inner.ts + inner.dur && outer.dur > inner.dur;
/** Those that are in no other of them. */
const outermost = (events) => events.filter((one) => !events.some((other) => holds(other, one)));
/** Milliseconds of processor time, so that a busy machine does not count. */
const time = (events) => events.reduce((sum, { tdur, dur }) => sum + (tdur ?? dur), 0) / 1000;

/** Loads `address` until nothing happens any more: our longest piece of script, and all that is shown. */
async function untouched(browser, address, slowdown) {
  const profile = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const page = await profile.newPage();
  const session = await profile.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const stop = await trace(session);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(700);
  await page.evaluate((mark) => performance.mark(mark), MARK);
  const events = await stop();
  await profile.close();
  const mark = events.find(({ name }) => name === MARK);
  const main = events.filter(({ pid, tid, ph }) => pid === mark.pid && tid === mark.tid && ph === "X");
  const tasks = outermost(main.filter(({ name }) => /RunTask$/.test(name)));
  const ours = main.filter(({ name, args }) => SCRIPT.has(name) && LOADER.test(args?.data?.url ?? ""));
  const scripts = tasks.map((task) => time(outermost(ours.filter((event) => holds(task, event)))));
  return { script: Math.max(...scripts), pieces: scripts.filter(Boolean).length, shown: time(outermost(main.filter(({ name }) => SHOWN.has(name)))) };
}

/** A page with us and the same with an empty script in our place, at full speed and slowed down: rows to print. */
export async function before(browser, address, bare, runs) {
  const rows = [];
  for (const slowdown of [1, SLOWDOWN]) {
    const script = [];
    const shown = [];
    let pieces = 0;
    for (let run = 0; run < runs; run++) {
      const seen = await untouched(browser, address, slowdown);
      if (!seen.pieces) throw new Error("the trace does not show our script");
      pieces = seen.pieces;
      script.push(seen.script);
      shown.push(seen.shown - (await untouched(browser, bare, slowdown)).shown);
    }
    rows.push({ slowdown, script, shown, pieces });
  }
  return rows;
}

const one = (numbers) => `${median(numbers).toFixed(1)}（${percentile(numbers, 0.25).toFixed(1)}–${percentile(numbers, 0.75).toFixed(1)}）`;

/** The rows as rows of a table. */
export const beforeTable = (rows) => rows.flatMap(({ slowdown, script, shown, pieces }) => {
  const how = slowdown === 1 ? "全速" : `放慢 ${slowdown} 倍`;
  return [
    [`脚本，分 ${pieces} 段跑，最长的一段，${how}`, one(script), "10"],
    [`样式、排版、绘制，比没有按钮时多，${how}`, one(shown), "10"],
  ];
});
