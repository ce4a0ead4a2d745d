import { expect, it } from "vitest";
import type { OutboxFile } from "../database.ts";
import { bodyOf, editContent, fileContent, messageTypeOf, relatesTo, textContent } from "./content.ts";

const encrypted = {
  url: "mxc://x/1",
  key: { alg: "A256CTR", ext: true, k: "k", key_ops: [], kty: "oct" },
  iv: "iv",
  hashes: {},
  v: "v2",
};

it("reads text, and takes an old client's quotation off an answer", () => {
  expect(bodyOf({ msgtype: "m.text", body: "> not a quote" })).toEqual({
    type: "text",
    text: "> not a quote",
  });
  const reply = {
    msgtype: "m.text",
    body: "> <@a:x> before\n> more\n\nafter",
    "m.relates_to": { "m.in_reply_to": { event_id: "$1" } },
  };
  expect(bodyOf(reply)).toEqual({ type: "text", text: "after" });
  expect(relatesTo(reply)).toEqual({ replyTo: "$1", replaces: null });
});

it("reads a file with and without a caption, and refuses one without an address", () => {
  const content = {
    msgtype: "m.image",
    body: "my arm",
    filename: "arm.jpg",
    file: encrypted,
    info: { mimetype: "image/jpeg", size: 9, w: 4, h: 3 },
  };
  expect(bodyOf(content)).toMatchObject({
    type: "image",
    caption: "my arm",
    file: { name: "arm.jpg", sizeBytes: 9, width: 4, height: 3 },
  });
  expect(bodyOf({ ...content, body: "arm.jpg" })).toMatchObject({ caption: null });
  expect(bodyOf({ msgtype: "m.file", body: "x" })).toEqual({ type: "unknown" });
});

it("writes a voice message as other clients read it, and knows one by its mark", () => {
  const file: OutboxFile = {
    blob: new Blob(["12345"], { type: "audio/webm" }),
    name: "Voice message.webm",
    mimetype: "audio/webm",
    width: null,
    height: null,
    durationMs: 2_000,
    voice: [0, 1],
    thumbnail: null,
    uploaded: { file: encrypted, thumbnail: null },
  };
  const content = fileContent(file, null, null);
  expect(content).toMatchObject({
    msgtype: "m.audio",
    body: "Voice message.webm",
    info: { duration: 2_000, mimetype: "audio/webm", size: 5 },
    "org.matrix.msc1767.audio": { duration: 2_000, waveform: [0, 1_024] },
    "org.matrix.msc3245.voice": {},
  });
  expect(bodyOf(content)).toMatchObject({
    type: "audio",
    caption: null,
    file: { durationMs: 2_000, voice: [0, 1], source: { encrypted } },
  });
  const music = bodyOf({ msgtype: "m.audio", body: "song.mp3", url: "mxc://x/2", info: { duration: 9_000 } });
  expect(music).toMatchObject({ type: "audio", file: { durationMs: 9_000 } });
  expect(music.type === "audio" && music.file.voice).toBeUndefined();
});

it("survives content of wrong types", () => {
  expect(bodyOf({ msgtype: 7, body: { a: 1 } })).toEqual({ type: "unknown" });
  expect(bodyOf({ msgtype: "m.image", body: "x", file: { url: 3 }, info: "no" })).toEqual({
    type: "unknown",
  });
  expect(relatesTo({ "m.relates_to": "no" })).toEqual({ replyTo: null, replaces: null });
  expect(
    bodyOf({ msgtype: "m.image", body: "x", url: "mxc://x/1", info: { w: -1, size: "big" } }),
  ).toMatchObject({ file: { width: null, sizeBytes: null } });
});

it("writes answers, changes and files as the specification has them", () => {
  expect(textContent("yes", "$1")["m.relates_to"]).toEqual({ "m.in_reply_to": { event_id: "$1" } });
  expect(relatesTo(editContent("$1", "better")).replaces).toBe("$1");
  expect(editContent("$1", "better")["m.new_content"]).toMatchObject({ body: "better" });
  const file: OutboxFile = {
    blob: new Blob(["abc"], { type: "image/jpeg" }),
    name: "arm.jpg",
    mimetype: "image/jpeg",
    width: 4,
    height: 3,
    durationMs: null,
    thumbnail: { blob: new Blob(["t"], { type: "image/jpeg" }), width: 2, height: 1 },
    uploaded: { file: encrypted, thumbnail: encrypted },
  };
  const content = fileContent(file, null, null);
  expect(content).toMatchObject({
    msgtype: "m.image",
    body: "arm.jpg",
    filename: "arm.jpg",
    file: encrypted,
    info: { w: 4, size: 3, thumbnail_info: { w: 2, size: 1 } },
  });
  expect(bodyOf(content)).toMatchObject({ type: "image", caption: null, file: { thumbnail: { encrypted } } });
});

it("sends as a picture only what every browser draws", () => {
  expect(["image/jpeg", "image/heic", "image/svg+xml", "video/mp4", "text/html"].map(messageTypeOf)).toEqual([
    "m.image",
    "m.file",
    "m.file",
    "m.video",
    "m.file",
  ]);
});
