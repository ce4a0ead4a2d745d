import { expect, test } from "vitest";
import { areSame, membersOf, type Peer, userOfIdentity } from "./view.ts";

const peer = (part: Partial<Peer> = {}): Peer => ({
  identity: "@anna:hs.test:PHONE",
  userId: "@anna:hs.test",
  name: "Anna",
  isSelf: false,
  isSpeaking: false,
  quality: "good",
  tracks: [],
  ...part,
});
const track = (source: "microphone" | "camera" | "screen", isMuted = false, isEncrypted = true) => ({
  source,
  isMuted,
  isEncrypted,
});

test("oneself stands first", () => {
  const members = membersOf([
    peer({ identity: "a" }),
    peer({ identity: "b", isSelf: true }),
    peer({ identity: "c" }),
  ]);
  expect(members.map(({ identity }) => identity)).toEqual(["b", "a", "c"]);
});

test("a microphone is on, muted or absent; a camera that stands still is off", () => {
  const of = (...tracks: Peer["tracks"][number][]) => membersOf([peer({ tracks, isSpeaking: true })])[0];
  expect(of()).toMatchObject({ microphone: "absent", camera: "off", screen: false, isSpeaking: false });
  expect(of(track("microphone", true))).toMatchObject({ microphone: "muted", isSpeaking: false });
  expect(of(track("microphone"), track("camera", true))).toMatchObject({
    microphone: "on",
    camera: "off",
    isSpeaking: true,
  });
  expect(of(track("camera"), track("screen"))).toMatchObject({ camera: "on", screen: true });
});

test("one track in clear is enough to say so", () => {
  const members = membersOf([peer({ tracks: [track("microphone"), track("camera", false, false)] }), peer()]);
  expect(members.map(({ isEncrypted }) => isEncrypted)).toEqual([false, true]);
});

test("members are the same until something in them changes", () => {
  const before = membersOf([peer()]);
  expect(areSame(before, membersOf([peer()]))).toBe(true);
  expect(areSame(before, membersOf([peer({ quality: "poor" })]))).toBe(false);
  expect(areSame(before, [])).toBe(false);
  expect(areSame([], before)).toBe(false);
});

test("an identity of a state membership names the user, also on a server with a port", () => {
  expect(userOfIdentity("@anna:hs.test:PHONE")).toBe("@anna:hs.test");
  expect(userOfIdentity("@anna:hs.test:8448:PHONE")).toBe("@anna:hs.test:8448");
  expect(userOfIdentity("mQ4x7hV0")).toBeNull();
  expect(userOfIdentity("@anna")).toBeNull();
  expect(userOfIdentity("@anna:hs.test")).toBeNull();
});
