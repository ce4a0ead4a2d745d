/**
 * A web site on loopback with the page of a client (`host.mjs`, bundled when asked for) and beside it Element Call as its package brings it,
 * in two configurations: memberships by state events as it comes, and by sticky events. It is served unmodified, and in tests only: its
 * licence is not ours.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../node_modules/@element-hq/element-call-embedded/dist");
const clients = resolve(here, "../../../clients");

/** What Element Call's own configuration gets on top. */
const FORMS = { state: {}, sticky: { matrix_rtc_mode: "matrix_2_0" } };

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const page = (script) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Another client</title>
<link rel="icon" href="data:,"><style>html, body, main, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block; }</style></head>
<body><main></main><script type="module" src="${script}"></script></body></html>`;

/** The host's script and what it loads, by the paths at which they are served. */
async function bundle() {
  const vite = createRequire(join(clients, "package.json")).resolve("vite");
  const { build } = await import(pathToFileURL(vite).href);
  const { output } = await build({
    root: here,
    base: "/host/",
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, modulePreload: false, target: "esnext", rollupOptions: { input: join(here, "host.mjs") } },
  });
  const files = new Map(output.map((file) => [`/host/${file.fileName}`, file.type === "chunk" ? file.code : file.source]));
  const entry = output.find((file) => file.type === "chunk" && file.isEntry);
  files.set("/", page(`/host/${entry.fileName}`));
  return files;
}

/** A file of Element Call: `/element-call/<form>/<path>`. */
async function elementCall(path) {
  const [, form, rest] = /^\/element-call\/(\w+)\/(.+)$/.exec(path) ?? [];
  if (FORMS[form] === undefined) return null;
  const file = resolve(dist, rest);
  if (!file.startsWith(dist + sep)) return null;
  const found = await readFile(file).catch(() => null);
  return found !== null && rest === "config.json" ? JSON.stringify({ ...JSON.parse(found.toString()), ...FORMS[form] }) : found;
}

export class Site {
  static async start() {
    const site = new Site();
    const files = await bundle();
    site.server = createServer((request, response) => void site.#answer(files, request, response));
    site.server.listen(0, "127.0.0.1");
    await once(site.server, "listening");
    site.origin = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  async #answer(files, request, response) {
    const path = decodeURIComponent(new URL(request.url, this.origin).pathname);
    const found = files.get(path) ?? (await elementCall(path));
    if (found === null) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": TYPES[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream" }).end(found);
  }

  async end() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
