/** What is encrypted is decrypted to the same bytes, and a changed byte is refused. */
import { expect, it } from "vitest";
import { decryptAttachment, encryptAttachment } from "./attachment.ts";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

it("comes back as it was", async () => {
  const { cipher, secret } = await encryptAttachment(bytes("blood test"));
  expect(new TextDecoder().decode(cipher)).not.toContain("blood");
  expect(new TextDecoder().decode(await decryptAttachment(cipher, secret))).toBe("blood test");
});

it("counts its blocks from 0 and never uses a key twice", async () => {
  const [one, two] = await Promise.all([encryptAttachment(bytes("a")), encryptAttachment(bytes("a"))]);
  expect(atob(one.secret.iv).slice(8)).toBe("\0".repeat(8));
  expect(one.secret.key.k).not.toBe(two.secret.key.k);
  expect(one.secret.iv).not.toMatch(/=/);
});

it("refuses bytes that were changed on the way", async () => {
  const { cipher, secret } = await encryptAttachment(bytes("blood test"));
  const changed = new Uint8Array(cipher.slice(0));
  changed[0] = (changed[0] ?? 0) ^ 1;
  await expect(decryptAttachment(changed.buffer, secret)).rejects.toThrow("not the one that was sent");
});
