/**
 * `npm run size` (after `npm run build`): what each app loads before the SDK and its crypto, for each first screen. Counts the entry, the
 * screen's chunk, everything that they import statically, and the words of one language; compressed. Prints rows of the benchmark's
 * table, the files of a screen with `--files` or where it is over its budget, and fails over a budget.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Screens are chunks by the names of the components that draw them. Unit: bytes of JavaScript, gzip. */
const APPS = [
  { app: "patient", screens: ["SignInView", "SignedInApp"], budget: 150_000 },
  { app: "console", screens: ["Opened"], budget: 250_000 },
];
const LANGUAGES = ["ru", "en"];

/** The files of an app's build, and what they weigh. */
class Build {
  constructor(app) {
    this.folder = join(import.meta.dirname, app, "dist");
    this.files = readdirSync(join(this.folder, "assets")).filter((file) => file.endsWith(".js"));
    const page = readFileSync(join(this.folder, "index.html"), "utf8");
    this.entry = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1]);
  }

  read(file) {
    return readFileSync(join(this.folder, "assets", file));
  }

  gzipped(file) {
    return gzipSync(this.read(file), { level: 9 }).length;
  }

  named(prefix) {
    return this.files.filter((file) => file.startsWith(`${prefix}-`));
  }

  /** A screen's chunk with the entry and all that either imports statically. */
  filesOf(screen) {
    // A part that a screen shares with another chunk can have its name too: the screen is the larger one.
    const [chunk] = this.named(screen).sort((a, b) => this.gzipped(b) - this.gzipped(a));
    if (chunk === undefined) throw new Error(`a chunk named ${screen} expected in ${this.folder}`);
    const seen = new Set();
    const visit = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = String(this.read(file));
      for (const [, name] of text.matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)) visit(name);
    };
    [...this.entry, chunk].forEach(visit);
    return [...seen];
  }

  words() {
    const ofLanguage = (language) => this.named(language).reduce((sum, file) => sum + this.gzipped(file), 0);
    return Math.max(...LANGUAGES.map(ofLanguage));
  }
}

let over = false;
console.log("| work | figure | value | unit | target | |\n|---|---|---|---|---|---|");
for (const { app, screens, budget } of APPS) {
  const build = new Build(app);
  for (const screen of screens) {
    const files = build.filesOf(screen);
    const total = files.reduce((sum, file) => sum + build.gzipped(file), build.words());
    const isOver = total > budget;
    over ||= isOver;
    const kilobytes = [total, budget].map((bytes) => bytes / 1000);
    console.log(
      `| first load | ${app}: ${screen} | ${kilobytes[0].toFixed(2)} | kB gz | ≤ ${kilobytes[1]} | ${isOver ? "**missed**" : "met"} |`,
    );
    if (!isOver && !process.argv.includes("--files")) continue;
    for (const file of files) console.error(`${String(build.gzipped(file)).padStart(9)}  ${file}`);
    console.error(`${String(build.words()).padStart(9)}  words of one language`);
  }
}
if (over) {
  console.error("Over budget. Make something lazy, or find what came in by accident.");
  process.exit(1);
}
