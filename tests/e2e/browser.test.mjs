/** The watching itself: a browser that complains is heard, else all that the other files call quiet would mean nothing. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { openBrowser, Person } from "./browser.mjs";

const BROKEN = `<!doctype html><html lang="en"><title>broken</title><body><main><h1>Broken</h1><img src="/missing.png">
<script nonce="n">console.error("said aloud"); console.warn("said quietly"); fetch("/missing.json"); fetch("http://127.0.0.1:1/"); setTimeout(() => { throw new Error("thrown"); });</script>
<script>document.title = "forbidden by the policy";</script></main></body></html>`;

let browser;
let server;

before(async () => {
  browser = await openBrowser();
  server = createServer((request, response) => {
    const policy = "default-src 'self' http://127.0.0.1:1; script-src 'nonce-n'";
    if (request.url === "/") response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(BROKEN);
    else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});

after(async () => {
  await browser.close();
  server.close();
});

test("a page that complains in any way is a fault, and so is one that cannot be used by everybody", async () => {
  const person = await Person.at(browser, { name: "nobody", url: `http://127.0.0.1:${server.address().port}/` });
  await person.page.waitForLoadState("networkidle");
  const said = person.faults.join("\n");
  for (const kind of [
    /console: said aloud/,
    /console: said quietly/,
    /another origin: http:\/\/127\.0\.0\.1:1\//,
    /page: thrown/,
    /404 GET \/missing\.png/,
    /404 GET \/missing\.json/,
    /Content Security Policy/,
    /net::ERR_/,
  ]) {
    assert.match(said, kind);
  }
  assert.throws(() => person.holds());
  assert.match((await person.violations()).join("\n"), /image-alt/);
});
