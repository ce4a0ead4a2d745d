/**
 * Moments of a call as pages see them, on the one clock of this machine. Unit: milliseconds since 1970.
 *
 * A page is asked before something happens, and answers when it has.
 */

/** Keeps when each step on the way to the first picture was made. Runs before the page's own code. */
export function trace() {
  let steps = {};
  const mark = (step) => {
    steps[step] ??= Date.now();
  };
  globalThis.consiliumSteps = {
    take: () => {
      const { timeOrigin } = performance;
      for (const { name, responseEnd } of performance.getEntriesByType("resource")) {
        if (/\/calls\/[^/]+\/answer$/.test(name)) steps.token = timeOrigin + responseEnd;
      }
      performance.clearResourceTimings();
      const taken = steps;
      steps = {};
      return taken;
    },
  };
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener("open", () => mark("signal"));
    }
  };
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    const stream = await getUserMedia.call(this, wish);
    mark("devices");
    return stream;
  };
  /** Looks often enough to be a step, rarely enough not to be one itself. Unit: ms. */
  const LOOK_MS = 20;
  const watchSender = (sender) => {
    mark("offer");
    const look = setInterval(async () => {
      const report = await sender.getStats().catch(() => []);
      const isSent = [...report.values()].some(({ type, bytesSent }) => type === "outbound-rtp" && bytesSent > 0);
      if (isSent) mark("sent");
      if (isSent || sender.track === null) clearInterval(look);
    }, LOOK_MS);
  };
  const Peer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    addTransceiver(track, ...rest) {
      const transceiver = super.addTransceiver(track, ...rest);
      if (track?.kind === "video") watchSender(transceiver.sender);
      return transceiver;
    }
    constructor(...args) {
      super(...args);
      this.addEventListener("connectionstatechange", () => this.connectionState === "connected" && mark("connection"));
      this.addEventListener("track", ({ track }) => track.kind === "video" && mark("track"));
    }
  };
  const { postMessage } = Worker.prototype;
  const own = new Set();
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.kind === "setKey") {
      const { participantIdentity: identity, isPublisher } = message.data;
      if (isPublisher) own.add(identity);
      else if (!own.has(identity)) mark("key");
    }
    return postMessage.call(this, message, ...rest);
  };
}

/** Steps since the last time, by their names. */
export const stepsOf = (person) => person.page.evaluate(() => globalThis.consiliumSteps.take());

/** When the next button with these words is pressed. */
export function pressed(person, words) {
  return person.page.evaluate(
    (words) =>
      new Promise((done) => {
        const look = ({ target }) => {
          if (target.closest("button")?.textContent.trim() !== words) return;
          removeEventListener("click", look, true);
          done(Date.now());
        };
        addEventListener("click", look, true);
      }),
    words,
  );
}

/** When a button with these words is on the screen: in the first frame that shows it. */
export function shown(person, words) {
  return person.page.evaluate(
    (words) =>
      new Promise((done) => {
        const look = () => {
          const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === words);
          if (button === undefined || !button.checkVisibility()) return;
          observer.disconnect();
          requestAnimationFrame(() => done(Date.now()));
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        look();
      }),
    words,
  );
}

/** When the first decoded picture of this video is on the screen. */
export function firstFrame(person, label) {
  return person.page.evaluate(
    (label) =>
      new Promise((done) => {
        const asked = new WeakSet();
        const look = () => {
          for (const video of document.querySelectorAll("video")) {
            if (video.getAttribute("aria-label") !== label || asked.has(video)) continue;
            asked.add(video);
            video.requestVideoFrameCallback(() => {
              observer.disconnect();
              done(Date.now());
            });
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        look();
      }),
    label,
  );
}
