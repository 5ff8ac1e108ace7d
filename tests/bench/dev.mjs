// `make bench-dev`: how long after saving a file `make dev` shows it. See README.md.
//
// In a copy of the working tree, so that a run that is interrupted spoils nothing; what is compiled
// for `make dev` is shared with it.
import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, join, resolve } from "node:path";
import { median, table } from "./figures.mjs";
import { OUT, browse, note } from "./site.mjs";

const RUNS = Number(process.env.RUNS || 3);
const PORT = Number(process.env.PORT || 18080);
/** Longer than this, and the first build has failed. */
const FIRST_BUILD = 30 * 60_000;
const LATER = 120_000;

/** What is edited: a file, what stands there, what is written instead, and where the page shows it. */
const EDITS = [
  { what: "改一篇文章（按钮上的字）", goal: 5, file: "content/print/paper-out.md", from: 'label = "提示缺纸"', to: (nth) => `label = "提示缺纸${nth}"`, shown: (nth) => `提示缺纸${nth}` },
  { what: "改界面（发送按钮）", goal: 20, file: "src/widget/components/composer.rs", from: "发送", to: (nth) => `发送${nth}`, shown: (nth) => `发送${nth}` },
];

const tree = resolve(OUT, "dev");
await rm(tree, { recursive: true, force: true });
for (const file of execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean)) {
  await mkdir(join(tree, dirname(file)), { recursive: true });
  await cp(file, join(tree, file)).catch((gone) => { if (gone.code !== "ENOENT") throw gone; });
}
await mkdir(join(tree, "target"));
for (const folder of ["debug", "wasm32-unknown-unknown"]) {
  await mkdir(join("target", folder), { recursive: true });
  await symlink(resolve("target", folder), join(tree, "target", folder));
}

const load = [loadavg()[0]];
const began = performance.now();
const dev = spawn("make", ["dev", `PORT=${PORT}`], { cwd: tree, stdio: ["ignore", "inherit", "inherit"], detached: true });
const browser = await browse();
try {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const address = `http://localhost:${PORT}/`;
  const until = async (text, patience) => {
    const ends = performance.now() + patience;
    // Playwright follows the page through its reload.
    while (performance.now() < ends) {
      const found = await page.evaluate((text) => {
        const root = document.querySelector("posdoc-chat")?.shadowRoot;
        return Boolean(root?.textContent.includes(text) || root?.querySelector(`[aria-label="${text}"]`));
      }, text).catch(() => false);
      if (found) return;
      await new Promise((later) => setTimeout(later, 50));
    }
    throw new Error(`never shown: ${text}`);
  };
  for (;;) {
    if (dev.exitCode !== null) throw new Error("make dev ended");
    if (performance.now() - began > FIRST_BUILD) throw new Error("make dev did not come up");
    const up = await page.goto(address, { timeout: 5_000 }).then((answer) => answer.ok(), () => false);
    if (up) break;
    await new Promise((later) => setTimeout(later, 500));
  }
  await until("提示缺纸", LATER);
  note(`up after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const rows = [];
  for (const { what, goal, file, from, to, shown } of EDITS) {
    const path = join(tree, file);
    const before = await readFile(path, "utf8");
    if (!before.includes(from)) throw new Error(`${file} no longer has ${from}`);
    const times = [];
    for (let run = 1; run <= RUNS; run++) {
      // trunk gathers changes for a moment; each edit begins at rest.
      await new Promise((later) => setTimeout(later, 3_000));
      const saved = performance.now();
      await writeFile(path, before.replace(from, to(run)));
      await until(shown(run), LATER);
      times.push((performance.now() - saved) / 1000);
      load.push(loadavg()[0]);
      note(`${what}: ${times.at(-1).toFixed(1)} s`);
    }
    rows.push([what, `${median(times).toFixed(1)}（${Math.min(...times).toFixed(1)}–${Math.max(...times).toFixed(1)}）`, String(goal)]);
  }
  const text = `${new Date().toISOString().slice(0, 10)}，负载 ${Math.min(...load).toFixed(1)}–${Math.max(...load).toFixed(1)}，${RUNS} 次的中位数（最小–最大）。

${table(["从保存到页面上看见，秒", "量到", "目标"], rows)}
`;
  await writeFile(join(OUT, "dev.md"), text);
  console.log(text);
} finally {
  await browser.close();
  // make, trunk and what it started are one group.
  try { process.kill(-dev.pid, "SIGINT"); } catch { /* It has ended by itself. */ }
}
