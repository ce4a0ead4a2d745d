/** Webhooks as values: how one stands, what a form sends, what is written of a delivery. */
import type {
  NewWebhook,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEventType,
  WebhookField,
  WebhookPatch,
} from "@consilium/kit/api";

/** How an endpoint stands, worst last: `trouble` is on and fails now. */
export type Standing = "on" | "trouble" | "supervisor" | "failing" | "gone";

export function standingOf(endpoint: Pick<WebhookEndpoint, "off_reason" | "failing_since">): Standing {
  if (endpoint.off_reason !== null) return endpoint.off_reason;
  return endpoint.failing_since === null ? "on" : "trouble";
}

/** Switched off by the service itself: a supervisor has to look. */
export function needsLooking(endpoint: Pick<WebhookEndpoint, "off_reason" | "failing_since">): boolean {
  const standing = standingOf(endpoint);
  return standing === "failing" || standing === "gone";
}

export interface EventGroup {
  /** `consultation` of `consultation.taken`. */
  readonly name: string;
  readonly events: readonly WebhookEventType[];
}

/** Event types by what they are about, in the server's order. */
export function groupsOf(types: readonly WebhookEventType[]): EventGroup[] {
  const groups = new Map<string, WebhookEventType[]>();
  for (const type of types) {
    const [name = type] = type.split(".");
    groups.set(name, [...(groups.get(name) ?? []), type]);
  }
  return [...groups].map(([name, events]) => ({ name, events }));
}

export interface WebhookForm {
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEventType[];
  readonly fields: readonly WebhookField[];
}

export const EMPTY_FORM: WebhookForm = { url: "https://", description: "", events: [], fields: [] };

export function formOf({ url, description, events, fields }: WebhookEndpoint): WebhookForm {
  return { url, description, events, fields };
}

export type WebhookFormErrors = Partial<Record<"url" | "events", string>>;

export function checkForm(form: WebhookForm): WebhookFormErrors {
  const errors: WebhookFormErrors = {};
  if (!/^https?:\/\/[^/\s]+/.test(form.url.trim())) errors.url = "webhooks.error.url";
  if (form.events.length === 0) errors.events = "webhooks.error.events";
  return errors;
}

export function newWebhook(form: WebhookForm): NewWebhook {
  return {
    url: form.url.trim(),
    description: form.description.trim(),
    events: [...form.events],
    fields: [...form.fields],
  };
}

export function webhookPatch(endpoint: WebhookEndpoint, form: WebhookForm): WebhookPatch {
  const next = newWebhook(form);
  const patch: WebhookPatch = {};
  if (next.url !== endpoint.url) patch.url = next.url;
  if (next.description !== endpoint.description) patch.description = next.description ?? "";
  if (!same(next.events, endpoint.events)) patch.events = next.events;
  if (!same(next.fields ?? [], endpoint.fields)) patch.fields = next.fields ?? [];
  return patch;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}

/** Where an address leads, without its path, which may be a secret. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

export type DeliveryTone = "success" | "warning" | "danger" | "muted";

/** A delivery that failed and is tried again is a warning, one that waits its turn is nothing. */
export function toneOf({ state, failure }: Pick<WebhookDelivery, "state" | "failure">): DeliveryTone {
  if (state === "delivered") return "success";
  if (state === "dead") return "danger";
  return failure === null ? "muted" : "warning";
}

/** `YYYY-MM-DDTHH:mm` of a field (`civil`), in the browser's zone, as the server wants it; null: it is none. */
export function instantOf(local: string): string | null {
  const at = new Date(local);
  return local === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
