import type { WebhookEndpoint } from "@consilium/kit/api";
import { civil } from "@consilium/kit/brand";
import { describe, expect, it } from "vitest";
import document from "../../../../kit/api/openapi.json" with { type: "json" };
import { EN as en } from "../../../testing/words.ts";
import {
  checkForm,
  EMPTY_FORM,
  formOf,
  groupsOf,
  hostOf,
  instantOf,
  needsLooking,
  newWebhook,
  standingOf,
  toneOf,
  webhookPatch,
} from "./model.ts";

const ENDPOINT: WebhookEndpoint = {
  id: "w",
  url: "https://crm.example/hooks/secret-path",
  description: "CRM",
  events: ["consultation.taken", "call.ended"],
  fields: [],
  on: true,
  off_reason: null,
  created_at: "2026-01-01T00:00:00Z",
  former_secret_until: null,
  failing_since: null,
  waiting: 0,
  dead: 0,
};

describe("a webhook", () => {
  it("is in trouble while it fails, and needs looking at once it was switched off for that", () => {
    expect(standingOf(ENDPOINT)).toBe("on");
    const failing = { ...ENDPOINT, failing_since: "2026-01-02T00:00:00Z" };
    expect([standingOf(failing), needsLooking(failing)]).toEqual(["trouble", false]);
    const off = { ...failing, on: false, off_reason: "failing" } as const;
    expect([standingOf(off), needsLooking(off)]).toEqual(["failing", true]);
    expect(needsLooking({ ...off, off_reason: "supervisor" })).toBe(false);
  });

  it("is shown by its host: its path may be a secret", () => {
    expect(hostOf(ENDPOINT.url)).toBe("crm.example");
  });
});

describe("the form", () => {
  it("says what is missing", () => {
    expect(Object.keys(checkForm(EMPTY_FORM))).toEqual(["url", "events"]);
    expect(checkForm(formOf(ENDPOINT))).toEqual({});
  });

  it("sends only what was changed, whatever the order of what is chosen", () => {
    const form = { ...formOf(ENDPOINT), events: [...ENDPOINT.events].reverse() };
    expect(webhookPatch(ENDPOINT, form)).toEqual({});
    expect(webhookPatch(ENDPOINT, { ...form, description: "", fields: ["patient.name"] })).toEqual({
      description: "",
      fields: ["patient.name"],
    });
    expect(newWebhook({ ...form, url: "  https://crm.example/  " }).url).toBe("https://crm.example/");
  });

  it("groups events by what they are about", () => {
    expect(groupsOf(["call.started", "call.ended", "callback.taken"])).toEqual([
      { name: "call", events: ["call.started", "call.ended"] },
      { name: "callback", events: ["callback.taken"] },
    ]);
  });
});

describe("a delivery", () => {
  it("warns while it is tried again, and not while it waits its turn", () => {
    expect(toneOf({ state: "waiting", failure: null })).toBe("muted");
    expect(toneOf({ state: "waiting", failure: "timeout" })).toBe("warning");
    expect(toneOf({ state: "dead", failure: "status" })).toBe("danger");
    expect(toneOf({ state: "delivered", failure: null })).toBe("success");
  });

  it("is looked for between two moments of the browser's own zone", () => {
    expect(instantOf("")).toBeNull();
    const now = Date.UTC(2026, 0, 2, 3, 4);
    expect(instantOf(civil(now))).toBe("2026-01-02T03:04:00.000Z");
  });
});

it("everything that the server can say has words", () => {
  const { WebhookEventType, WebhookField, WebhookFailure, WebhookDeliveryState } =
    document.components.schemas;
  const word = (path: string) =>
    path.split(".").reduce<unknown>((words, key) => (words as Record<string, unknown>)?.[key], en.webhooks);
  const asked = [
    ...WebhookEventType.enum.map((type) => `event.${type}`),
    ...WebhookField.enum.map((field) => `field.${field}`),
    ...WebhookFailure.enum.map((failure) => `failure.${failure}`),
    ...WebhookDeliveryState.enum.map((state) => `state.${state}`),
  ];
  expect(asked.filter((path) => typeof word(path) !== "string")).toEqual([]);
});
