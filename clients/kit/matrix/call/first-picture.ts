/**
 * What makes the first picture of a camera come soon: it is small, and it is sent whole to whoever begins to watch. The media server asks for larger ones
 * as soon as somebody watches them (dynacast).
 */

/** How long after the media server has told that somebody takes a picture. The way there and the keys may still be coming. Unit: ms. */
const WHOLE_AFTER_MS = [100, 250];

/** An extension of WebRTC (webrtc-extensions, `RTCSetParameterOptions`) that TypeScript's library does not know; browsers without it ignore it. */
interface KeyFrames {
  encodingOptions: { keyFrame: boolean }[];
}

/** Of several sizes only the smallest is made, until others are asked for. LiveKit, which has just made the sender, sets its own wishes first. */
export function sendSmallest(sender: RTCRtpSender): void {
  setTimeout(() => makeSmallest(sender), 0);
}

function makeSmallest(sender: RTCRtpSender): void {
  const parameters = sender.getParameters();
  const scales = parameters.encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy ?? 1);
  const smallest = scales.indexOf(Math.max(...scales));
  parameters.encodings.forEach((encoding, index) => {
    encoding.active = index === smallest;
  });
  void change(sender, parameters);
}

/**
 * Sends pictures that need no other before them. The media server asks for one when a watcher's way is there, which may be a moment before he can
 * decrypt it; then it is lost to him, and browsers make none for whoever asks again within 300 ms.
 */
export function sendWhole(sender: RTCRtpSender): void {
  for (const delay of WHOLE_AFTER_MS)
    setTimeout(() => {
      const parameters = sender.getParameters();
      void change(sender, parameters, {
        encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })),
      });
    }, delay);
}

/** A sender that has stopped meanwhile, or is being changed by somebody else, is left as it is. */
async function change(
  sender: RTCRtpSender,
  parameters: RTCRtpSendParameters,
  options?: KeyFrames,
): Promise<void> {
  const set: (parameters: RTCRtpSendParameters, options?: KeyFrames) => Promise<void> =
    sender.setParameters.bind(sender);
  await set(parameters, options).catch(() => undefined);
}
