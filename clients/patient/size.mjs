/**
 * `npm run size` (after `npm run build`): what the patient app loads before the SDK and its crypto, for the sign-in and for
 * home. Counts the entry, the screen's chunk, everything that they import statically, and the words of one language;
 * compressed. Fails over the budget.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_JS_BYTES = 150_000;
const dist = join(import.meta.dirname, "dist");
const assets = readdirSync(join(dist, "assets")).filter((file) => file.endsWith(".js"));
const read = (file) => readFileSync(join(dist, "assets", file));
const gzipped = (file) => gzipSync(read(file), { level: 9 }).length;
const named = (prefix) => assets.filter((file) => file.startsWith(`${prefix}-`));
const page = readFileSync(join(dist, "index.html"), "utf8");
const entry = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1]);

function closure(files) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name] of read(file)
      .toString()
      .matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g))
      visit(name);
  };
  files.forEach(visit);
  return [...seen];
}

const words = Math.max(
  ...["ru", "en"].map((language) => named(language).reduce((sum, file) => sum + gzipped(file), 0)),
);
let over = false;
for (const screen of ["sign-in", "SignedInApp"]) {
  // A part that a screen shares with another chunk can have its name too: the screen is the larger one.
  const [chunk] = named(screen).sort((a, b) => gzipped(b) - gzipped(a));
  if (chunk === undefined) throw new Error(`a chunk named ${screen} expected`);
  const files = closure([...entry, chunk]);
  const total = files.reduce((sum, file) => sum + gzipped(file), words);
  console.log(`${screen}: ${total} bytes of JavaScript, gzip; budget ${BUDGET_JS_BYTES}`);
  for (const file of files) console.log(`${String(gzipped(file)).padStart(9)}  ${file}`);
  console.log(`${String(words).padStart(9)}  words of one language`);
  over ||= total > BUDGET_JS_BYTES;
}
if (over) {
  console.error("Over budget. Make something lazy, or find what came in by accident.");
  process.exit(1);
}
