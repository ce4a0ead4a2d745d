/** Somebody who is in the media room and in nothing else (`listener-page.mjs`), and the media keys that members have, for giving him some. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { tap } from "./call-steps.mjs";
import { at } from "./steps.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const livekit = resolve(here, "../../clients/node_modules/livekit-client/dist");
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A listener</title><link rel="icon" href="data:,">
<body><button>Listen</button><script type="module" src="/page.mjs"></script></body></html>`;
const FILES = {
  "/page.mjs": join(here, "listener-page.mjs"),
  "/livekit-client.mjs": join(livekit, "livekit-client.esm.mjs"),
  "/worker.mjs": join(livekit, "livekit-client.e2ee.worker.mjs"),
};

async function site() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    const type = pathname === "/" ? "text/html" : "text/javascript";
    const found = pathname === "/" ? PAGE : FILES[pathname] && (await readFile(FILES[pathname]));
    response.writeHead(found ? 200 : 404, { "content-type": type }).end(found);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Keeps what a page of ours gives to its worker: every media key, whose it is, and where it stands. Runs before the page's own code. */
export function tapKeys() {
  const raws = new WeakMap();
  globalThis.consiliumKeys = [];
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = async function (format, data, ...rest) {
    const raw = format === "raw" ? [...new Uint8Array(data)] : [];
    const key = await importKey.call(this, format, data, ...rest);
    raws.set(key, raw);
    return key;
  };
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.kind === "setKey") {
      const { participantIdentity: identity, keyIndex: index, key } = message.data;
      globalThis.consiliumKeys.push({ identity, index, raw: raws.get(key) });
    }
    return postMessage.call(this, message, ...rest);
  };
}

/** The media keys that a person's page has had so far. */
export const keysOf = (person) => person.page.evaluate(() => globalThis.consiliumKeys);

export class Listener {
  /** @param {object} stage where the call is @param {object} owner somebody signed in who may be in the call, at another device than that in it */
  static async at(stage, owner) {
    const listener = new Listener();
    listener.world = stage.world;
    listener.owner = owner;
    listener.server = await site();
    const url = `http://127.0.0.1:${listener.server.address().port}/`;
    listener.person = await at(stage, { name: `${owner.name}'s listener`, url, before: tap });
    return listener;
  }

  /** Comes into a call's media by the token that the service gives to the owner. */
  async enters(call) {
    const path = `/_consilium/v1/calls/${call}/token`;
    const { ticket } = await this.owner.page.evaluate(async (path) => {
      const { accessToken } = JSON.parse(localStorage.getItem("consilium.session"));
      const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
      const answer = await fetch(path, { method: "POST", headers, body: "{}" });
      return answer.json();
    }, path);
    const { page } = this.person;
    await page.waitForFunction(() => "consiliumListener" in globalThis);
    await page.evaluate(([url, jwt]) => globalThis.consiliumListener.ready(url, jwt), [ticket.url, ticket.jwt]);
    await page.getByRole("button").click();
    await page.waitForFunction(() => globalThis.consiliumListener.others().length > 0);
  }

  give(keys) {
    return this.person.page.evaluate((keys) => globalThis.consiliumListener.give(keys), keys);
  }

  async leaves() {
    await this.person.page.evaluate(() => globalThis.consiliumListener.leave());
    await this.person.leave();
    this.server.closeAllConnections();
    this.server.close();
  }
}
