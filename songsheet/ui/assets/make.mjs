// Builds what the pages are dressed in: one style sheet, one script, one for other sites, htmx, the letters of Inter and one sheet of icons.
import { spawn } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const modules = join(root, "node_modules");
const out = join(here, "../static/songsheet/dist");
const watch = process.argv.includes("--watch");

const ALPHABETS = ["latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext"];

/** One <symbol> out of one SVG file; what it is drawn with (stroke, caps) comes from the style sheet. */
const symbol = (name, svg) => {
  const box = svg.match(/viewBox="([^"]+)"/)[1];
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="${box}">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
};

const icons = async () => {
  const names = JSON.parse(await readFile(join(here, "../icons.json"), "utf8"));
  const borrowed = Object.entries(names).map(async ([ours, theirs]) =>
    symbol(ours, await readFile(join(modules, "lucide-static/icons", `${theirs}.svg`), "utf8")));
  const own = (await readdir(join(here, "icons"))).map(async (file) =>
    symbol(basename(file, ".svg"), await readFile(join(here, "icons", file), "utf8")));
  const symbols = await Promise.all([...borrowed, ...own]);
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
};

const copies = () => Promise.all([
  copyFile(join(modules, "htmx.org/dist/htmx.min.js"), join(out, "htmx.js")),
  copyFile(join(here, "favicon.svg"), join(out, "favicon.svg")),
  ...ALPHABETS.map((name) =>
    copyFile(join(modules, `@fontsource-variable/inter/files/inter-${name}-opsz-normal.woff2`), join(out, `inter-${name}.woff2`))),
]);

const inside = ["app", "form", "book", "embed"].map((name) => join(here, `js/${name}.js`));
/** What runs on pages of our sites is read by older browsers too. */
const scripts = () => Promise.all([script(inside, "es2022"), script([join(here, "outside/visits.js")], "es2019")]);

const script = async (from, target) => {
  const options = {
    entryPoints: from, outdir: out, bundle: true, minify: !watch, format: "iife", target, legalComments: "none",
  };
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
};

const style = () => new Promise((done, failed) => {
  const words = ["-i", join(here, "css/app.css"), "-o", join(out, "app.css"), watch ? "--watch" : "--minify"];
  const cli = join(modules, "@tailwindcss/cli/dist/index.mjs");
  const child = spawn(process.execPath, [cli, ...words], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (piece) => { said += piece; });
  child.on("exit", (code) => (code ? failed(new Error(`the style sheet was not built:\n${said}`)) : done()));
});

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([icons(), copies(), scripts(), style()]);
console.log("assets are in songsheet/ui/static/songsheet/dist");
