/** The small shared components: states, switches, dialog, avatar. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { Avatar, initials } from "./Avatar.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Dialog } from "./Dialog.tsx";
import { DropArea } from "./DropArea.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { ServiceIcon } from "./ServiceIcon.tsx";
import { SkeletonList } from "./Skeletons.tsx";
import { LanguageSwitch, languageName, ThemeSwitch } from "./Switches.tsx";

it("takes initials without titles", () => {
  expect(initials("Dr. Irina Petrova")).toBe("IP");
  expect(initials("Анна")).toBe("А");
  expect(initials("Ирина Сергеевна Петрова")).toBe("ИП");
  renderWithKit(<Avatar name="Anna" online />);
  expect(screen.getByRole("img", { name: "Online" })).toBeInTheDocument();
});

it("says nothing while all is well, and one line when the network is away", async () => {
  const onRetry = vi.fn();
  renderWithKit(<ConnectionBanner state="live" onRetry={onRetry} />);
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
  renderWithKit(<ConnectionBanner state="offline" onRetry={onRetry} />);
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));
  expect(onRetry).toHaveBeenCalledOnce();
});

it("tells an error as an alert with one way on, and a hint as a status", async () => {
  const onClick = vi.fn();
  renderWithKit(
    <ErrorNotice title="Not sent" text="Nothing is lost." action={{ label: "Try again", onClick }} />,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("Nothing is lost.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(onClick).toHaveBeenCalledOnce();
  renderWithKit(<ErrorNotice tone="info" title="Closed now" />);
  expect(screen.getByRole("status")).toHaveTextContent("Closed now");
});

it("says what will be here and offers the action", async () => {
  const onClick = vi.fn();
  renderWithKit(<EmptyState icon={null} title="No consultations yet" action={{ label: "Ask", onClick }} />);
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  expect(onClick).toHaveBeenCalledOnce();
});

it("names what is loading", () => {
  renderWithKit(<SkeletonList rows={2} label="Loading" />);
  expect(screen.getByRole("status", { name: "Loading" }).children).toHaveLength(2);
});

it("closes a dialog by its button, by Escape and by its ground", async () => {
  const onClose = vi.fn();
  renderWithKit(
    <Dialog open onClose={onClose} title="Really?">
      <p>words</p>
    </Dialog>,
  );
  const dialog = screen.getByRole("dialog", { name: "Really?" });
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  fireEvent(dialog, new Event("cancel", { cancelable: true }));
  fireEvent.click(dialog);
  fireEvent.click(screen.getByText("words"));
  expect(onClose).toHaveBeenCalledTimes(3);
});

it("takes dropped files and shows where they go", () => {
  const onFiles = vi.fn();
  const file = new File(["x"], "a.txt");
  renderWithKit(
    <DropArea enabled onFiles={onFiles}>
      <p>talk</p>
    </DropArea>,
  );
  const dataTransfer = { types: ["Files"], files: [file] };
  fireEvent.dragEnter(screen.getByText("talk"), { dataTransfer });
  expect(screen.getByText("Drop files here to attach them")).toBeInTheDocument();
  fireEvent.drop(screen.getByText("talk"), { dataTransfer });
  expect(onFiles).toHaveBeenCalledWith([file]);
});

it("offers each language in its own name and the three appearances", async () => {
  expect(languageName("ru")).toBe("Русский");
  renderWithKit(<LanguageSwitch />);
  expect(screen.getByRole("radio", { name: "English" })).toBeChecked();
  expect(screen.getByRole("radio", { name: "Русский" })).not.toBeChecked();
  renderWithKit(<ThemeSwitch />);
  await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
});

it("keeps the place of an icon until it is here, and draws a bubble for one that it does not know", async () => {
  const { container } = renderWithKit(<ServiceIcon name="no-such-icon" size={28} />);
  // Another test of the same worker may have fetched the icons before.
  const place = container.querySelector("span[aria-hidden]");
  if (place !== null) expect(place).toHaveStyle({ width: "28px", height: "28px" });
  await import("./ServiceGlyph.tsx");
  await waitFor(() => expect(container.querySelector("svg")).toHaveClass("tabler-icon-message-circle"));
  expect(container.querySelector("span[aria-hidden]")).toBeNull();
});

function Broken(): never {
  throw new Error("broken");
}

it("replaces a broken screen by words, not by nothing", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  renderWithKit(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("This screen stopped working");
});
