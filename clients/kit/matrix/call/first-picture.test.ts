import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendSmallest, sendWhole } from "./first-picture.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A sender of pictures in these sizes, the divisors of the camera's; `isStopped` as one that refuses every change. */
function senderOf(divisors: number[], isStopped = false) {
  const setParameters = vi.fn(async (_parameters: RTCRtpSendParameters, _options?: object) => {
    if (isStopped) throw new DOMException("stopped", "InvalidStateError");
  });
  const getParameters = () => ({
    encodings: divisors.map((scaleResolutionDownBy) => ({ active: true, scaleResolutionDownBy })),
  });
  return { sender: { getParameters, setParameters } as unknown as RTCRtpSender, setParameters };
}

test("only the smallest picture is made at first, wherever it stands", async () => {
  for (const [divisors, active] of [
    [
      [4, 2, 1],
      [true, false, false],
    ],
    [
      [1, 2, 4],
      [false, false, true],
    ],
    [[1], [true]],
  ] as const) {
    const { sender, setParameters } = senderOf([...divisors]);
    sendSmallest(sender);
    await vi.runAllTimersAsync();
    const [parameters] = setParameters.mock.lastCall ?? [];
    expect(parameters?.encodings.map((encoding) => encoding.active)).toEqual(active);
  }
});

test("whoever begins to watch is sent whole pictures, in every size", async () => {
  const { sender, setParameters } = senderOf([4, 2, 1]);
  sendWhole(sender);
  expect(setParameters).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(setParameters).toHaveBeenCalledTimes(2);
  const whole = { keyFrame: true };
  expect(setParameters.mock.lastCall?.[1]).toEqual({ encodingOptions: [whole, whole, whole] });
});

test("a sender that has stopped meanwhile is left as it is", async () => {
  const { sender, setParameters } = senderOf([4, 2, 1], true);
  sendWhole(sender);
  sendSmallest(sender);
  await vi.runAllTimersAsync();
  expect(setParameters).toHaveBeenCalledTimes(3);
});
