import { expect, it } from "vitest";
import { ANNA, KEEPER, PETROVA } from "../../testing/samples.ts";
import { type ReadEvent, readingOf } from "./reading.ts";

const photo = {
  msgtype: "m.image",
  body: "arm.jpg",
  url: "mxc://x/1",
  info: { size: 9, mimetype: "image/jpeg" },
};
const event = (part: Partial<ReadEvent> = {}): ReadEvent => ({
  id: "$1",
  roomId: "!r",
  type: "m.room.message",
  at: 5,
  sender: PETROVA,
  content: photo,
  isRedacted: false,
  redacts: null,
  isUnreadable: false,
  ...part,
});

it("takes photos, files, sounds and films for documents, and words not", () => {
  for (const [msgtype, kind] of [
    ["m.image", "image"],
    ["m.file", "file"],
    ["m.audio", "audio"],
    ["m.video", "video"],
  ])
    expect(readingOf(event({ content: { ...photo, msgtype } }))).toMatchObject({
      kind: "document",
      document: {
        id: "$1",
        roomId: "!r",
        kind,
        at: 5,
        sender: PETROVA,
        file: { name: "arm.jpg", sizeBytes: 9 },
      },
    });
  expect(readingOf(event({ content: { msgtype: "m.text", body: "Good evening" } })).kind).toBe("nothing");
  expect(readingOf(event({ content: { ...photo, url: undefined } })).kind).toBe("nothing");
});

it("takes what was taken back for gone, whichever end of it is seen", () => {
  expect(readingOf(event({ isRedacted: true, content: {} }))).toEqual({ kind: "removed", id: "$1" });
  const redaction = event({ id: "$2", type: "m.room.redaction", redacts: "$1", content: {} });
  expect(readingOf(redaction)).toEqual({ kind: "removed", id: "$1" });
});

it("waits for the key of what people said, not of the service's own notes", () => {
  expect(readingOf(event({ isUnreadable: true, sender: ANNA }))).toEqual({ kind: "unread", id: "$1" });
  expect(readingOf(event({ isUnreadable: true, sender: KEEPER })).kind).toBe("nothing");
});
