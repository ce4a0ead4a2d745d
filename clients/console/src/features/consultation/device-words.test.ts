import { describe, expect, it } from "vitest";
import { ago } from "../../../testing/rows.ts";
import { deviceWords, isTroubled } from "./device-words.ts";

const checked = { checked_at: ago(60), camera: null, connection: null, round_trip_ms: null };
const said = ((key: string) => key.replace("queueCard.device.", "")) as never;

describe("a test of the patient's device", () => {
  it("is said by what was tested", () => {
    expect(deviceWords({ ...checked, microphone: "works" }, said)).toBe("microphone.works");
    expect(deviceWords({ ...checked, microphone: "works", camera: "denied", connection: "fair" }, said)).toBe(
      "microphone.works, camera.denied, connection.fair",
    );
  });

  it("warns where nobody would be heard", () => {
    expect(isTroubled({ ...checked, microphone: "works", camera: "absent", connection: "fair" })).toBe(false);
    expect(isTroubled({ ...checked, microphone: "denied" })).toBe(true);
    expect(isTroubled({ ...checked, microphone: "works", connection: "poor" })).toBe(true);
  });
});
