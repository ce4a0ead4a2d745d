import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Files } from "../matrix/types.ts";
import { renderWithKit } from "../testing/render.tsx";
import { fileBody, OPEN_FILES } from "../testing/samples.ts";
import { FileTile } from "./FileTile.tsx";
import { boxOf, ImageTile } from "./ImageTile.tsx";
import { ImageViewer, PhotoFrame } from "./ImageViewer.tsx";

const picture = fileBody({ name: "arm.jpg", mimetype: "image/jpeg", width: 1200, height: 900 });
const failing: Files = { open: () => Promise.reject(new Error("away")) };

it("names a file, its size and what the button does", async () => {
  const open = vi.spyOn(OPEN_FILES, "open");
  renderWithKit(<FileTile file={fileBody()} files={OPEN_FILES} />);
  expect(screen.getByText("248 kB")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Save Blood test.pdf" }));
  expect(open).toHaveBeenCalledOnce();
});

it("shows progress in numbers and can be stopped", async () => {
  const onCancel = vi.fn();
  renderWithKit(<FileTile file={fileBody()} files={OPEN_FILES} progress={0.4} onCancel={onCancel} />);
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40");
  await userEvent.click(screen.getByRole("button", { name: "Stop Blood test.pdf" }));
  expect(onCancel).toHaveBeenCalledOnce();
});

it("says that a file could not be opened and how to go on", async () => {
  renderWithKit(<FileTile file={fileBody()} files={failing} />);
  await userEvent.click(screen.getByRole("button", { name: "Save Blood test.pdf" }));
  expect(await screen.findByText("Could not be opened. Tap to try again.")).toBeVisible();
});

it("keeps the shape of a photo before it has come, within bounds", () => {
  expect(boxOf(1200, 900)).toEqual({ width: 320, height: 240 });
  expect(boxOf(900, 4000).height).toBe(380);
  expect(boxOf(null, null)).toEqual({ width: 320, height: 240 });
  expect(boxOf(10, 10)).toEqual({ width: 96, height: 72 });
});

function Conversation({ drawn }: { drawn: boolean }) {
  return (
    <PhotoFrame files={OPEN_FILES}>
      {drawn && <ImageTile file={picture} files={OPEN_FILES} senderName="Irina Petrova" />}
    </PhotoFrame>
  );
}

it("opens a photo on the whole screen, named by its sender, and keeps it open when its row is no longer drawn", async () => {
  const { rerender } = renderWithKit(<Conversation drawn />);
  await userEvent.click(await screen.findByRole("button", { name: "Open the photo from Irina Petrova" }));
  const viewer = await screen.findByRole("dialog", { name: "Photo from Irina Petrova" });
  rerender(<Conversation drawn={false} />);
  expect(screen.queryByRole("button", { name: "Open the photo from Irina Petrova" })).toBeNull();
  expect(viewer).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(viewer).not.toBeInTheDocument();
});

it("opens a file once, however often it is described anew", async () => {
  const open = vi.fn(OPEN_FILES.open);
  const files = { open };
  const { rerender } = renderWithKit(<ImageTile file={picture} files={files} senderName="Irina Petrova" />);
  await screen.findByRole("button", { name: "Open the photo from Irina Petrova" });
  const anew = {
    ...picture,
    source: { ...picture.source },
    thumbnail: picture.thumbnail && { ...picture.thumbnail },
  };
  rerender(<ImageTile file={anew} files={files} senderName="Irina Petrova" />);
  expect(open).toHaveBeenCalledOnce();
});

it("lets a photo that did not come be tried again", async () => {
  const open = vi.fn(failing.open);
  renderWithKit(<ImageTile file={picture} files={{ open }} senderName="Irina Petrova" />);
  await userEvent.click(
    await screen.findByRole("button", { name: "Could not be loaded. Tap to try again." }),
  );
  await waitFor(() => expect(open).toHaveBeenCalledTimes(2));
});

it("looks closer and back, and closes", async () => {
  const onClose = vi.fn();
  renderWithKit(
    <ImageViewer file={picture} files={OPEN_FILES} senderName="Irina Petrova" onClose={onClose} />,
  );
  const closer = await screen.findByRole("button", { name: "Look closer" });
  await waitFor(() => expect(closer).toBeEnabled());
  await userEvent.click(closer);
  expect(screen.getByRole("button", { name: "Whole photo" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledOnce();
});
