/**
 * A real livekit-server for a test world, on loopback and free ports. Needs `CONSILIUM_LIVEKIT`, the path of its binary; what is started
 * here is ended by `end`.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./ports.mjs";

const KEY = "consilium";
/** Media ports that a few calls of three need. */
const MEDIA_PORTS = 60;
const LISTENS_WITHIN_MS = 15_000;

/** Whether a UDP port is free now. */
async function isFree(port) {
  const socket = createSocket("udp4");
  const bound = new Promise((done) => {
    socket.once("error", () => done(false));
    socket.bind(port, "127.0.0.1", () => done(true));
  });
  const free = await bound;
  if (free) socket.close();
  return free;
}

/** The first of so many UDP ports in a row that are free, below those that the system gives to clients. */
async function freeRange() {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 11_000);
    const ports = Array.from({ length: MEDIA_PORTS }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error("no UDP ports are free for media");
}

export class MediaServer {
  /**
   * @param {string} folder where its configuration is written
   * @param {"any" | "tcp" | "relay"} way how media may come: `tcp` as in a network that lets no UDP through; `relay`: there is a relay (TURN) too, whose port
   * takes what whoever ends TLS in front of it has opened
   */
  static async start(folder, way = "any") {
    if (!process.env.CONSILIUM_LIVEKIT) throw new Error("CONSILIUM_LIVEKIT names no livekit-server: `make test` builds one");
    const server = new MediaServer();
    server.port = await freePort();
    server.tcpPort = await freePort();
    server.webhookPort = await freePort();
    server.relayPort = await freePort();
    server.secret = randomBytes(24).toString("hex");
    server.config = join(folder, "livekit.yaml");
    await writeFile(server.config, server.#configuration(await freeRange(), way));
    await server.launch();
    return server;
  }

  #configuration(first, way) {
    // STUN on loopback: a browser that is told of none asks public ones.
    return `
port: ${this.port}
bind_addresses: ["127.0.0.1"]
rtc:
  tcp_port: ${this.tcpPort}
  force_tcp: ${way === "tcp"}
  port_range_start: ${first}
  port_range_end: ${first + MEDIA_PORTS - 1}
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
  pli_throttle: { low_quality: 100ms, mid_quality: 150ms, high_quality: 150ms }
  ips: { includes: [127.0.0.1/32] }
  stun_servers: ["127.0.0.1:${this.tcpPort}"]
keys: { ${KEY}: "${this.secret}" }
room: { auto_create: false, empty_timeout: 60, departure_timeout: 5 }
webhook: { api_key: ${KEY}, urls: ["http://127.0.0.1:${this.webhookPort}/webhook"] }
logging: { level: warn }
${way === "relay" ? this.#relay() : ""}`;
  }

  /** Here everybody is on loopback, where a relay passes nothing on unless it is told to. */
  #relay() {
    return `
turn:
  enabled: true
  domain: turn.clinic.test
  tls_port: ${this.relayPort}
  external_tls: true
  bind_addresses: ["127.0.0.1"]
  allow_restricted_peer_cidrs: ["127.0.0.0/8"]
`;
  }

  /** The `[calls]` of a world that uses it. */
  settings(ringSeconds) {
    return `
[calls]
livekit_url = "ws://127.0.0.1:${this.port}"
api_key = "${KEY}"
api_secret = "${this.secret}"
webhook_listen = "127.0.0.1:${this.webhookPort}"
ring_seconds = ${ringSeconds}
`;
  }

  /** Where browsers go: its signalling, and what its client asks over HTTP when that fails. */
  get origins() {
    return [`ws://127.0.0.1:${this.port}`, `http://127.0.0.1:${this.port}`];
  }

  async launch() {
    this.process = spawn(process.env.CONSILIUM_LIVEKIT, ["--config", this.config], { stdio: "ignore" });
    const deadline = Date.now() + LISTENS_WITHIN_MS;
    while (Date.now() < deadline && this.process.exitCode === null) {
      if (await fetch(`http://127.0.0.1:${this.port}/`).then(() => true, () => false)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error("the media server does not listen");
  }

  /** It stands still: it neither answers nor refuses, until what this gives is called. */
  freeze() {
    const { process: frozen } = this;
    frozen.kill("SIGSTOP");
    return () => frozen.kill("SIGCONT");
  }

  /** It is gone from one moment to the next, and says nothing. */
  async kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }

  end() {
    return this.kill();
  }
}
