import { expect, it, vi } from "vitest";
import { encryptAttachment } from "./attachment.ts";
import { RemoteFiles, shownType } from "./files.ts";
import type { FileSource } from "./types.ts";

async function served(text: string, mimetype = "image/png") {
  const { cipher, secret } = await encryptAttachment(new TextEncoder().encode(text).buffer as ArrayBuffer);
  const source: FileSource = {
    at: "server",
    url: "mxc://x/1",
    mimetype,
    encrypted: { url: "mxc://x/1", ...secret },
  };
  const fetch = vi.fn(async () => new Response(cipher));
  const files = new RemoteFiles({ httpUrl: (mxc) => mxc.replace("mxc://", "http://hs/"), fetch });
  return { files, source, fetch };
}

it("decrypts on the way and fetches once for everybody who shows it", async () => {
  const { files, source, fetch } = await served("a picture");
  const [one, two] = await Promise.all([files.open(source), files.open(source)]);
  expect(await one.blob.text()).toBe("a picture");
  one.release();
  two.release();
  const again = await files.open(source);
  expect(await again.blob.text()).toBe("a picture");
  expect(fetch).toHaveBeenCalledTimes(1);
});

it("fails when nobody can read it, and may be tried again", async () => {
  const { source } = await served("x");
  const fetch = vi.fn(async () => new Response(null, { status: 404 }));
  const files = new RemoteFiles({ httpUrl: (mxc) => mxc.replace("mxc://", "http://hs/"), fetch });
  await expect(files.open(source)).rejects.toThrow("404");
  await expect(files.open(source)).rejects.toThrow("404");
  expect(fetch).toHaveBeenCalledTimes(2);
});

it("never gives a browser a page or a script to run", () => {
  expect(shownType("image/PNG; x=1")).toBe("image/png");
  expect(
    ["text/html", "image/svg+xml", "application/javascript", "application/xhtml+xml"].map(shownType),
  ).toEqual(Array(4).fill("application/octet-stream"));
});
