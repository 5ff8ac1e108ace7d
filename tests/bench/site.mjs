// What every benchmark needs: the site as a good host would serve it, messages, a browser, conditions.
import { spawn } from "node:child_process";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { SLOWDOWN } from "./product.mjs";

const DIST = process.env.DIST || "dist";
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
export const POSDOC = process.env.POSDOC || "target/release/posdoc";
export const CONTENT = process.env.CONTENT || "content";
export const RATE = Number(process.env.KBITS || 1600);
export const ROUND_TRIP = Number(process.env.RTT || 150);
export const OUT = "target/bench";

const began = Date.now();
export const note = (text) => console.error(`[${((Date.now() - began) / 1000).toFixed(0).padStart(3)} s] ${text}`);

/** Under which conditions figures were taken; `load` is what the machine had to do meanwhile. */
export const conditions = (version, load) => `${new Date().toISOString().slice(0, 10)}，Chromium ${version}，${cpus().length} × ${cpus()[0].model.trim()}，负载 ${Math.min(...load).toFixed(1)}–${Math.max(...load).toFixed(1)}；处理器放慢 ${SLOWDOWN} 倍，${RATE / 1000} Mbit/s，往返 ${ROUND_TRIP} 毫秒`;

export const browse = () => chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});

/** As a good host compresses. Large packs at a lower quality: the best takes minutes for a percent. */
export function brotli(bytes) {
  const quality = bytes.length > 4e6 ? 9 : 11;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

/** A copy of what ships with a help page of our own, every file compressed as a good host would. */
export async function site() {
  const to = join(OUT, "site");
  await rm(to, { recursive: true, force: true });
  await cp(DIST, to, { recursive: true });
  // The same help page twice: with us, and with a script that does nothing.
  for (const [name, script] of [["bench", "posdoc"], ["bare", "nothing"]]) {
    await writeFile(join(to, name + ".html"), `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>帮助</title><link rel="icon" href="icon.svg"><link rel="stylesheet" href="demo/demo.css"><h1>帮助</h1><p>收款机有问题？按右下角的按钮。</p><script src="${script}.js" data-hotline="95555" defer></script>`);
  }
  await writeFile(join(to, "nothing.js"), "");
  const pressed = {};
  for (const found of await readdir(to, { recursive: true, withFileTypes: true })) {
    const file = join(found.parentPath ?? found.path, found.name);
    if (!found.isFile() || /\.(png|br)$/.test(file)) continue;
    const bytes = brotli(await readFile(file));
    await writeFile(file + ".br", bytes);
    pressed[found.name.replace(/\.[0-9a-f]{10}\./, ".")] = { name: found.name, brotli: bytes.length };
  }
  return { to, pressed };
}

export async function serve(folder) {
  const server = spawn(POSDOC, ["serve", folder, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((done, fail) => {
    server.once("exit", () => fail(new Error("posdoc serve ended")));
    server.stdout.on("data", (said) => {
      const found = /localhost:(\d+)/.exec(said);
      if (found) done(Number(found[1]));
    });
  });
  return { port, stop: () => server.kill() };
}

/** The labelled messages of a file. */
export const messages = async (file) => (await readFile(file, "utf8")).split("\n").filter((row) => row.trim() && !row.startsWith("#")).map((row) => {
  const [message, right, kind = ""] = row.split("\t");
  return { message, right: right === "-" ? [] : right.split("|"), kind };
});
