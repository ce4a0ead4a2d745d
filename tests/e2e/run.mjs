/**
 * Every browser test. The desk's files run in lanes, the longest first, so that all lanes end together; a file that waits most of its time has a lane beside
 * them. Those of calls run one at a time: one lane begins with them, since they wait more than they work, and goes on with the desk's. `npm test` runs this,
 * `npm test -- settings offline` those whose names say so; one file alone is `node --test settings.test.mjs`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
/** As many files at once as two cores have use for. */
const LANES = Number(process.env.CONSILIUM_LANES ?? 2);
/** They take longer than their text: each goes the whole way under two brands. */
const LONGEST = ["all-screens.test.mjs", "journey.test.mjs", "every-form.test.mjs"];
/** More than any text has. Unit: bytes. */
const LONG = 1_000_000;
/** An operator is gone, and for a minute and a half nobody does anything but wait until that is noticed. */
const WAITS = "operator-gone.test.mjs";

/** What a file says of its tests at its end. */
const SUM = /^# (tests|pass|fail|cancelled|skipped|todo) (\d+)$/gm;
const sums = { tests: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
const failed = [];

/** The test files of a folder, the longest text first: whatever takes little time is left for the end. */
async function filesOf(folder) {
  const names = (await readdir(join(here, folder))).filter((name) => name.endsWith(".test.mjs"));
  const files = names.map((name) => join(folder, name)).filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
  const sized = await Promise.all(files.map(async (file) => ({ file, size: (await stat(join(here, file))).size })));
  const length = ({ file, size }) => (LONGEST.includes(file) ? LONG + size : size);
  return sized.sort((one, other) => length(other) - length(one)).map(({ file }) => file);
}

/** Runs a file; what it says is shown at once when it has ended, so that two do not talk at the same time. */
async function run(file) {
  const began = Date.now();
  const tests = spawn(process.execPath, ["--test", "--test-reporter=tap", file], { cwd: here, stdio: ["ignore", "pipe", "inherit"] });
  const told = [];
  tests.stdout.setEncoding("utf8").on("data", (text) => told.push(text));
  const [code] = await once(tests, "close");
  const said = told.join("");
  console.log(`# ${file}, ${((Date.now() - began) / 1_000).toFixed(1)} s\n${said}`);
  for (const [, what, count] of said.matchAll(SUM)) sums[what] += Number(count);
  if (code !== 0) failed.push(file);
}

/** Runs one file of the list after the other, as long as others leave any. */
async function lane(files) {
  for (let file = files.shift(); file !== undefined; file = files.shift()) await run(file);
}

const began = Date.now();
const desk = await filesOf(".");
const waiting = desk.filter((file) => file === WAITS);
const working = desk.filter((file) => file !== WAITS);
const calling = await filesOf("calls");
await Promise.all([lane(waiting), lane(calling).then(() => lane(working)), ...Array.from({ length: LANES - 1 }, () => lane(working))]);
for (const [what, count] of Object.entries(sums)) console.log(`# ${what} ${count}`);
console.log(`# duration_ms ${Date.now() - began}`);
if (failed.length > 0) console.log(`# failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 && sums.tests > 0 ? 0 : 1;
