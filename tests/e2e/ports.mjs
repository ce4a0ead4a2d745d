/** Ports for what a test starts. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Where ports are looked for: below those that the system gives to outgoing connections, so that none of them takes the port of a process that is still to start. */
const FIRST = 10_000;
const LAST = 31_999;
/** How many ports are tried: on a machine that is not full, the first is free. */
const TRIES = 100;

/** A TCP port that nothing listens on now. */
export async function freePort() {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

async function isFree(port) {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
