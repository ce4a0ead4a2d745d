/**
 * The page of somebody who is in the media room and in nothing else: LiveKit's own client, a token, and no key but those that the test hands
 * over. The media server has less. The test speaks to it by `consiliumListener`.
 */
import { BaseKeyProvider, LogLevel, Room, RoomEvent, setLogLevel } from "/livekit-client.mjs";

/** As many as MatrixRTC has. */
const RING_SIZE = 256;

class Keys extends BaseKeyProvider {
  constructor() {
    super({ sharedKey: false, keyringSize: RING_SIZE, ratchetWindowSize: 10 });
  }

  async set({ identity, index, raw }) {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(raw), "HKDF", false, ["deriveBits", "deriveKey"]);
    this.onSetEncryptionKey(key, identity, index);
  }
}

const keys = new Keys();
let room = null;

/** Comes in and plays whatever arrives. With the worker: without it a browser plays what it cannot read as noise. */
async function enter(url, jwt) {
  setLogLevel(LogLevel.silent);
  room = new Room({ adaptiveStream: false, e2ee: { keyProvider: keys, worker: new Worker("/worker.mjs", { type: "module" }) } });
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
  await room.setE2EEEnabled(true);
  await room.connect(url, jwt);
  await room.startAudio();
}

globalThis.consiliumListener = {
  /** Comes in by a press, without which browsers play no sound. */
  ready: (url, jwt) => {
    document.querySelector("button").onclick = () => void enter(url, jwt);
  },
  give: (given) => Promise.all(given.map((one) => keys.set(one))).then(() => undefined),
  others: () => (room === null ? [] : [...room.remoteParticipants.keys()]),
  leave: () => room?.disconnect(),
};
