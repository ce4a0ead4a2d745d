/** A person at a client of another make (`host.mjs`), and what he does in the Element Call that it opens. */
import { receives, tap } from "../call-steps.mjs";
import { at, PASSWORD, until } from "../steps.mjs";

/** Element Call asks both without a token: only a 404 from both tells it that nobody takes care of its leave. */
const PROBES = [
  /^401 POST .*\/io\.element\.msc4195\/rtc\/livekit\/delegate_delayed_leave$/,
  /^404 POST \/_consilium\/livekit\/delegate_delayed_leave$/,
];
/** Its delayed leave, when whoever takes care of it was faster. */
const SENT_ALREADY = /^404 POST .*\/org\.matrix\.msc4140\/delayed_events\/[^/]+\/(send|cancel)$/;
/** What it says to itself is not ours to judge. What it asks of our servers is. */
const ITS_OWN_WORDS = /^console: /;
/** Its kit looks for the document of the server's name too, which is no host of this machine. */
const SERVER_NAME = [/^request to another origin: https:\/\/clinic\.test\/\.well-known\//, /^net::\S+ GET \/\.well-known\/matrix\/client$/];
/** Small, as it is drawn without a graphics card; large enough for Element Call to keep its buttons in sight. */
const SIZE = { width: 720, height: 720 };

export class OtherClient {
  /** Signs an account in at the client of this site. */
  static async at(stage, site, login, { browser = stage.browser } = {}) {
    const client = new OtherClient();
    client.person = await at(stage, { name: `${login}'s other client`, url: site.origin, browser, size: SIZE, before: tap });
    client.person.expects(...PROBES, ...SERVER_NAME, SENT_ALREADY, ITS_OWN_WORDS);
    const { page } = client.person;
    await page.waitForFunction(() => "consiliumHost" in globalThis);
    const account = [stage.world.api, login, PASSWORD];
    client.session = await page.evaluate((account) => globalThis.consiliumHost.signIn(...account), account);
    return client;
  }

  /** The one conversation that this person is in. */
  room() {
    return until("the client knows its room", async () => {
      const rooms = await this.person.page.evaluate(() => globalThis.consiliumHost.rooms());
      return rooms.length === 1 ? rooms[0] : null;
    });
  }

  /** Somebody calls, by a ring that this client holds for valid. */
  hearsRing(from, since = 0) {
    return until(`it rings for ${this.person.name}`, async () => {
      const rings = await this.person.page.evaluate(() => globalThis.consiliumHost.rings);
      return rings.find((ring) => ring.from === from && ring.at >= since) ?? null;
    });
  }

  /** Devices that are in the room's call. */
  async members(room) {
    const members = await this.person.page.evaluate((room) => globalThis.consiliumHost.members(room), room);
    return members.map(({ deviceId }) => deviceId);
  }

  /** What Element Call did at its host since it was opened, of one sort. */
  async did(what) {
    const log = await this.person.page.evaluate(() => globalThis.consiliumHost.log);
    return log.filter((entry) => entry.what === what);
  }

  /** Joins the call that is on, by the lobby. */
  async joins(form, room) {
    await this.#open(form, room, { intent: "join_existing" });
    await this.frame.locator("[data-testid=lobby_joinCall]").click();
    await this.isIn();
  }

  /** Calls whoever is in the room. */
  async calls(form, room) {
    await this.#open(form, room, { intent: "start_call_dm", sendNotificationType: "ring", skipLobby: "true" });
    await this.isIn();
  }

  async #open(form, room, parameters) {
    const what = [`/element-call/${form}/`, room, parameters];
    await this.person.page.evaluate((what) => {
      globalThis.consiliumHost.log = [];
      globalThis.consiliumHost.open(...what);
    }, what);
    this.frame = await until("Element Call is there", async () => this.person.page.frames().find((frame) => frame.url().includes(what[0])));
  }

  async isIn() {
    await this.#leave().waitFor();
  }

  async hangsUp() {
    await this.#leave().click();
  }

  async isOut() {
    await this.person.page.locator("iframe").waitFor({ state: "detached" });
  }

  /** Moving pictures and sound arrive in Element Call from now on. */
  receives() {
    return receives({ name: this.person.name, page: this.frame });
  }

  #leave() {
    return this.frame.locator("[data-testid=incall_leave]");
  }
}
