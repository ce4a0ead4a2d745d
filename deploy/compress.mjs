/**
 * Compresses the built files of the web apps beside themselves (`x.br`, `x.gz`), once, as hard as can be: the server only picks.
 *
 * Usage: `node deploy/compress.mjs <dist>…`
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"]);
/** Smaller files do not fill a packet; a coding would only cost. */
const BYTES_MIN = 1024;

const codings = {
  ".br": (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

async function compress(path) {
  const bytes = await readFile(path);
  if (bytes.length < BYTES_MIN) return;
  for (const [ending, code] of Object.entries(codings)) {
    const coded = await code(bytes);
    if (coded.length < bytes.length) await writeFile(path + ending, coded);
  }
}

for (const folder of process.argv.slice(2)) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // The page is not compressed: the server writes into it.
  const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.has(extname(entry.name)) && entry.name !== "index.html");
  await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
}
