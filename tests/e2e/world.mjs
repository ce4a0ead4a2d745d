/**
 * One whole Consilium for a test: the real binary on free ports, embedded stores in a temporary folder, one brand.
 *
 * Needs `CONSILIUM_BINARY` (what `make -s where` prints). Every process that is started here is ended by `World.end`.
 */
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { MediaServer } from "./media-server.mjs";
import { freePort } from "./ports.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const READY_WITHIN_MS = 30_000;
const SECRET = "the shared secret of a test world";
const SIGNER_KEY = "a key by which a test world is known";

export class World {
  /**
   * @param {string} brand name of a folder in config/brands, or the path of one elsewhere
   * @param {{ ringSeconds?: number, stickyCalls?: boolean, mediaWay?: "any" | "tcp" | "relay", privateWebhooks?: boolean, awaySeconds?: number, signer?: string }} options with `ringSeconds` calls work, and ring so long; who is in one says so by
   * state events, or by sticky ones; `mediaWay`: see `MediaServer.start`; with `privateWebhooks` webhooks may go to this machine; with `awaySeconds` a console is lost so soon;
   * `signer`: the address that signs conclusions
   */
  static async start(brand, { ringSeconds, stickyCalls = false, mediaWay = "any", privateWebhooks = false, awaySeconds, signer } = {}) {
    const world = new World();
    world.brand = brand;
    world.ringSeconds = ringSeconds;
    world.stickyCalls = stickyCalls;
    world.privateWebhooks = privateWebhooks;
    world.awaySeconds = awaySeconds;
    world.signer = signer;
    world.media = null;
    world.folder = await mkdtemp(join(tmpdir(), "consilium-e2e-"));
    world.publicPort = await freePort();
    world.consolePort = await freePort();
    world.api = `http://127.0.0.1:${world.publicPort}`;
    world.console = `http://127.0.0.1:${world.consolePort}`;
    world.serverName = "clinic.test";
    world.config = join(world.folder, "consilium.toml");
    world.dataFolder = join(world.folder, "data");
    world.keyFile = join(world.folder, "keys", "keeper.key");
    world.log = [];
    try {
      if (ringSeconds !== undefined) world.media = await MediaServer.start(world.folder, mediaWay);
      await writeFile(world.config, world.#configuration());
      await world.launch();
    } catch (cause) {
      await world.end();
      throw cause;
    }
    return world;
  }

  #configuration() {
    return `
data_dir = "data"
default_tenant = "clinic"
[listeners]
public = "127.0.0.1:${this.publicPort}"
console = "127.0.0.1:${this.consolePort}"
stop_grace_seconds = 3
[rate_limits]
enabled = false
[consult]
keeper_key_file = "keys/keeper.key"
webhooks_to_private_addresses = ${this.privateWebhooks}
${this.awaySeconds === undefined ? "" : `operator_away_after_seconds = ${this.awaySeconds}`}
[tenants.clinic]
server_name = "${this.serverName}"
brand = "${resolve(repository, "config/brands", this.brand)}"
${this.stickyCalls ? "sticky_calls = true" : ""}
[tenants.clinic.origins]
public = "${this.api}"
console = "${this.console}"
[tenants.clinic.registration]
policy = "open"
shared_secret = "${SECRET}"
${this.signer === undefined ? "" : `[tenants.clinic.signer]\nurl = "${this.signer}"\nkey = "${SIGNER_KEY}"`}
${this.media?.settings(this.ringSeconds) ?? ""}`;
  }

  /** Where its pages may go. */
  get origins() {
    return [this.api, this.console, ...(this.media?.origins ?? [])];
  }

  /** Starts the process on the data that is there, and waits until it answers. */
  async launch() {
    this.process = spawn(process.env.CONSILIUM_BINARY, ["serve", "--config", this.config], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => this.log.push(text));
    }
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (this.process.exitCode !== null) break;
      const answer = await fetch(`${this.api}/_matrix/client/versions`).catch(() => null);
      const consult = await fetch(`${this.api}/_consilium/v1/openapi.json`).catch(() => null);
      if (answer?.ok && consult?.ok) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`the system does not answer:\n${this.log.join("").slice(-4_000)}`);
  }

  /** The last lines in which the system said that something went wrong, for the words of a failure. */
  complaints() {
    return this.log.join("").split("\n").filter((line) => /\b(WARN|ERROR)\b/i.test(line)).slice(-12);
  }

  /** Ends the process: gently, or as a power cut would. */
  async halt(signal = "SIGTERM") {
    if (this.process === undefined) return;
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill(signal);
      await once(this.process, "exit");
    }
  }

  async restart(signal = "SIGTERM") {
    await this.halt(signal);
    await this.launch();
  }

  async end() {
    await this.halt();
    await this.media?.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A homeserver account by shared-secret registration. */
  async account(username, password) {
    const url = `${this.api}/_synapse/admin/v1/register`;
    const { nonce } = await (await fetch(url)).json();
    const mac = createHmac("sha1", SECRET).update([nonce, username, password, "notadmin"].join("\0")).digest("hex");
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ nonce, username, password, mac, admin: false }),
    });
    if (!answer.ok) throw new Error(`register ${username}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /**
   * A member of staff: account and role. Invented, and marked so, unless he `isReal`: who is real is met by a rehearsal when he signs in.
   * @param {"operator" | "supervisor"} role
   * @param {string[]} queues those that he serves; none named: all
   */
  async staff(username, { name, role, password, isReal = false, queues = [] }) {
    const serves = queues.flatMap((queue) => ["--queue", queue]);
    const who = ["user", "create", username, "--role", role, "--name", name, "--tenant", "clinic", ...serves];
    await this.command(isReal ? who : [...who, "--demo"], password);
  }

  /** Runs the command-line tool on this world's configuration; the password goes to its standard input. */
  async command(words, input = "") {
    const tool = spawn(process.env.CONSILIUM_BINARY, [...words, "--config", this.config], { stdio: "pipe" });
    const output = [];
    for (const stream of [tool.stdout, tool.stderr]) stream.setEncoding("utf8").on("data", (text) => output.push(text));
    tool.stdin.end(input);
    const [code] = await once(tool, "exit");
    if (code !== 0) throw new Error(`consilium ${words.join(" ")}: exit ${code}\n${output.join("")}`);
    return output.join("");
  }
}
