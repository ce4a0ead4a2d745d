/** What one presses in a call, and the check before one. */
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { press } from "../../calls/switching.ts";
import type { DeviceTrouble } from "../../matrix/index.ts";
import { fakeDeviceCheck, fakeMedia } from "../../testing/calls.ts";
import { renderWithKit } from "../../testing/render.tsx";
import { CallControls } from "./CallControls.tsx";
import { DeviceCheckPanel } from "./DeviceCheckPanel.tsx";
import { DeviceTroubleNotice } from "./DeviceTroubleNotice.tsx";

describe("the controls", () => {
  it("are switches that say what they switch, and act once for each press", async () => {
    const media = fakeMedia();
    const onHangUp = vi.fn();
    renderWithKit(<CallControls media={media} density="calm" onHangUp={onHangUp} />);
    const microphone = screen.getByRole("button", { name: "Microphone" });
    expect(microphone).toHaveAttribute("aria-pressed", "true");
    await userEvent.click(microphone);
    expect(microphone).toHaveAttribute("aria-pressed", "false");
    await userEvent.click(screen.getByRole("button", { name: "Camera" }));
    await userEvent.click(screen.getByRole("button", { name: "Screen" }));
    expect(media.pressed).toEqual(["setMicrophone false", "setCamera false", "setScreen true"]);
    await userEvent.click(screen.getByRole("button", { name: "End" }));
    expect(onHangUp).toHaveBeenCalledOnce();
  });

  it("do not switch a device twice while it opens", async () => {
    const media = fakeMedia();
    let opened: () => void = () => undefined;
    const asked = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          opened = resolve;
        }),
    );
    media.setCamera = asked;
    renderWithKit(<CallControls media={media} density="calm" onHangUp={() => undefined} />);
    const camera = screen.getByRole("button", { name: "Camera" });
    await userEvent.click(camera);
    await userEvent.click(camera);
    expect(camera).toHaveAttribute("aria-busy", "true");
    expect(asked).toHaveBeenCalledOnce();
    await act(async () => opened());
    expect(camera).toHaveAttribute("aria-busy", "false");
  });

  it("say why a device did not come on, of the one that was pressed, and try it again", async () => {
    const media = fakeMedia();
    const give = media.setCamera;
    media.own.set({ ...media.own.get(), microphone: false, camera: false });
    media.setCamera = async () => media.own.set({ ...media.own.get(), trouble: "busy" });
    renderWithKit(<CallControls media={media} density="calm" onHangUp={() => undefined} />);
    await userEvent.click(screen.getByRole("button", { name: "Camera" }));
    const panel = within(await screen.findByRole("group", { name: "Sound and camera" }));
    expect(panel.getByRole("alert")).toHaveTextContent("The camera is in use");
    media.setCamera = give;
    await userEvent.click(panel.getByRole("button", { name: "Try again" }));
    expect(media.pressed).toEqual(["setCamera true"]);
    expect(screen.getByRole("button", { name: "Camera" })).toHaveAttribute("aria-pressed", "true");
  });

  it("say it too where a key was pressed for it, once", async () => {
    const media = fakeMedia();
    media.own.set({ ...media.own.get(), microphone: false });
    media.setMicrophone = async () => media.own.set({ ...media.own.get(), trouble: "denied" });
    const controls = <CallControls media={media} density="dense" onHangUp={() => undefined} />;
    const { unmount } = renderWithKit(controls);
    await act(() => press(media, "microphone"));
    const panel = within(await screen.findByRole("group", { name: "Sound and camera" }));
    expect(panel.getByRole("alert")).toHaveTextContent(/microphone/i);
    // In the other window of the call it is not said again.
    unmount();
    renderWithKit(controls);
    expect(screen.queryByRole("group", { name: "Sound and camera" })).toBeNull();
  });

  it("leave out the screen where it cannot be shared", () => {
    const media = fakeMedia();
    media.own.set({ ...media.own.get(), canShareScreen: false });
    renderWithKit(<CallControls media={media} density="dense" onHangUp={() => undefined} />);
    expect(screen.queryByRole("button", { name: "Screen" })).toBeNull();
    expect(screen.getByRole("button", { name: "Microphone" })).toBeInTheDocument();
  });

  it("open the devices, and Escape gives the focus back", async () => {
    const media = fakeMedia();
    renderWithKit(<CallControls media={media} density="calm" onHangUp={() => undefined} />);
    const settings = screen.getByRole("button", { name: "Settings" });
    await userEvent.click(settings);
    const panel = screen.getByRole("group", { name: "Sound and camera" });
    await userEvent.selectOptions(within(panel).getByRole("combobox", { name: "Microphone" }), "Headset");
    // One camera is no choice.
    expect(within(panel).queryByRole("combobox", { name: "Camera" })).toBeNull();
    await userEvent.click(within(panel).getByRole("checkbox", { name: /Remove noise/ }));
    expect(media.pressed).toEqual(["choose microphone m2", "setNoiseSuppression false"]);
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("group", { name: "Sound and camera" })).toBeNull();
    expect(settings).toHaveFocus();
  });
});

it("gives who only listens nothing to switch, and says why", async () => {
  const media = { ...fakeMedia(), listens: true };
  const onHangUp = vi.fn();
  renderWithKit(<CallControls media={media} density="dense" onHangUp={onHangUp} />);
  expect(screen.getByText(/You are listening/)).toBeInTheDocument();
  for (const name of ["Microphone", "Camera", "Screen"])
    expect(screen.queryByRole("button", { name })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "End" }));
  expect(onHangUp).toHaveBeenCalledOnce();
});

describe("the check before a call", () => {
  it("shows how one is seen and says that one is heard", () => {
    const check = fakeDeviceCheck();
    check.camera.set({ state: "on", trouble: null });
    check.microphone.set({ state: "on", level: 0.01, trouble: null });
    renderWithKit(<DeviceCheckPanel check={check} withCamera />);
    expect(screen.getByLabelText("How you will be seen")).toBeInTheDocument();
    expect(screen.getByText("Say something")).toBeInTheDocument();
    act(() => check.microphone.set({ state: "on", level: 0.5, trouble: null }));
    expect(screen.getByText("We hear you")).toBeInTheDocument();
    expect(screen.getByRole("meter", { name: "Microphone level" })).toHaveAttribute("aria-valuenow", "50");
    act(() => check.microphone.set({ state: "on", level: 0, trouble: null }));
    expect(screen.getByText("We hear you")).toBeInTheDocument();
  });

  it("tells what to press where the browser refuses, and tries again", async () => {
    const check = fakeDeviceCheck();
    check.microphone.set({ state: "off", level: 0, trouble: "denied" });
    renderWithKit(<DeviceCheckPanel check={check} withCamera={false} />);
    expect(screen.getByRole("alert")).toHaveTextContent("switch “Microphone” on");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(check.pressed).toEqual(['open {"microphone":true,"camera":false}']);
  });

  it("says one thing at a time: without a microphone the camera does not matter", () => {
    const check = fakeDeviceCheck();
    check.microphone.set({ state: "off", level: 0, trouble: "absent" });
    check.camera.set({ state: "off", trouble: "busy" });
    renderWithKit(<DeviceCheckPanel check={check} withCamera />);
    expect(screen.getAllByRole("alert")).toHaveLength(1);
    act(() => check.microphone.set({ state: "on", level: 0, trouble: null }));
    expect(screen.getByRole("alert")).toHaveTextContent("The camera is in use");
  });

  it("plays a sound", async () => {
    const check = fakeDeviceCheck();
    renderWithKit(<DeviceCheckPanel check={check} withCamera={false} />);
    await userEvent.click(screen.getByRole("button", { name: "Play a sound" }));
    expect(check.pressed).toEqual(["playTone"]);
  });
});

const TROUBLES: readonly DeviceTrouble[] = ["denied", "absent", "busy", "insecure", "unknown"];

it.each(TROUBLES)("has words of its own for a device that is %s, in both languages", (trouble) => {
  for (const language of ["ru", "en"] as const) {
    for (const device of ["microphone", "camera"] as const) {
      const { unmount } = renderWithKit(<DeviceTroubleNotice device={device} trouble={trouble} />, {
        language,
      });
      const said = screen.getByRole("alert").textContent;
      expect(said.length).toBeGreaterThan(20);
      expect(said).not.toContain("call.trouble");
      unmount();
    }
  }
});

it("sends phones to their own settings", () => {
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)");
  renderWithKit(<DeviceTroubleNotice device="microphone" trouble="denied" />);
  expect(screen.getByRole("alert")).toHaveTextContent("settings of your phone");
});
