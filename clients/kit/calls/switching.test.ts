/** Switching in a call: once for each press, and what did not come on is told, whoever pressed. */
import { expect, it, vi } from "vitest";
import { fakeMedia } from "../testing/calls.ts";
import { press, saidFailure, switchingOf, turn } from "./switching.ts";

it("turns each the other way round", async () => {
  const media = fakeMedia();
  for (const what of ["microphone", "camera", "screen"] as const) await press(media, what);
  expect(media.pressed).toEqual(["setMicrophone false", "setCamera false", "setScreen true"]);
  expect(switchingOf(media).get()).toEqual({ busy: [], failed: null });
});

it("does not switch a device twice while it opens, and another one meanwhile", async () => {
  const media = fakeMedia();
  let opened: () => void = () => undefined;
  const setCamera = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        opened = resolve;
      }),
  );
  media.setCamera = setCamera;
  const first = press(media, "camera");
  await press(media, "camera");
  await press(media, "microphone");
  expect(switchingOf(media).get().busy).toEqual(["camera"]);
  opened();
  await first;
  expect(setCamera).toHaveBeenCalledOnce();
  expect(media.pressed).toEqual(["setMicrophone false"]);
  expect(switchingOf(media).get().busy).toEqual([]);
});

it("tells what was pressed and did not come on, until it has been said or comes on", async () => {
  const media = fakeMedia();
  const give = media.setMicrophone;
  media.own.set({ ...media.own.get(), microphone: false });
  media.setMicrophone = async () => {
    media.own.set({ ...media.own.get(), trouble: "denied" });
    throw new Error("refused");
  };
  await press(media, "microphone");
  expect(switchingOf(media).get().failed).toEqual({ device: "microphone" });
  saidFailure(media);
  expect(switchingOf(media).get().failed).toBeNull();
  await turn(media, "microphone", true);
  expect(switchingOf(media).get().failed).toEqual({ device: "microphone" });
  media.setMicrophone = give;
  await turn(media, "microphone", true);
  expect(switchingOf(media).get().failed).toBeNull();
});

it("has nothing to tell of what was turned off, or of a picker that was closed", async () => {
  const media = fakeMedia();
  media.own.set({ ...media.own.get(), trouble: "busy" });
  await turn(media, "camera", false);
  media.setScreen = () => Promise.reject(new Error("closed"));
  await press(media, "screen");
  expect(switchingOf(media).get()).toEqual({ busy: [], failed: null });
});
