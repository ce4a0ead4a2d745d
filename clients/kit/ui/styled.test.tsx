/** The style of a page that was seen without it. */
import { afterEach, expect, it } from "vitest";
import { styled } from "./styled.ts";

const link = document.createElement("link");
link.rel = "stylesheet";
afterEach(() => link.remove());

function inHead(media: string): void {
  link.media = media;
  document.head.append(link);
}

it.each(["load", "error"])(
  "is put on, and waited for until it is there or cannot be had: %s",
  async (end) => {
    inHead("print");
    let isSettled = false;
    const settled = styled().then(() => {
      isSettled = true;
    });
    expect(link.media).toBe("all");
    await Promise.resolve();
    expect(isSettled).toBe(false);
    link.dispatchEvent(new Event(end));
    await settled;
  },
);

it("is left alone where it was on from the start", async () => {
  inHead("screen");
  await styled();
  expect(link.media).toBe("screen");
});
