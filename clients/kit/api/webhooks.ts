/** Webhooks: where partners' systems are told what happens, and what became of it. For supervisors. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type {
  NewWebhook,
  Page,
  WebhookDelivery,
  WebhookDeliveryState,
  WebhookEndpoint,
  WebhookPatch,
  WebhookReplay,
  WebhookSecret,
  Webhooks,
} from "./types.ts";

export interface WebhookDeliveryQuery {
  state?: WebhookDeliveryState;
  limit?: number;
  cursor?: string | null;
}

export class WebhookApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  list(): Promise<Webhooks> {
    return answer(this.client.GET("/webhooks"));
  }
  /** The secret is shown this once. */
  create(webhook: NewWebhook): Promise<WebhookSecret> {
    return answer(this.client.POST("/webhooks", { body: webhook }));
  }
  change(id: string, patch: WebhookPatch): Promise<WebhookEndpoint> {
    return answer(this.client.PATCH("/webhooks/{id}", { ...at({ id }), body: patch }));
  }
  async remove(id: string): Promise<void> {
    await this.client.DELETE("/webhooks/{id}", at({ id }));
  }
  /** Another secret; the one before signs too for 24 hours. */
  replaceSecret(id: string): Promise<WebhookSecret> {
    return answer(this.client.POST("/webhooks/{id}/secret", at({ id })));
  }
  /** Sends one test; its id, by which the log says what became of it. */
  async test(id: string): Promise<string> {
    return (await answer(this.client.POST("/webhooks/{id}/test", at({ id })))).id;
  }
  async deliveries(id: string, query: WebhookDeliveryQuery = {}): Promise<Page<WebhookDelivery>> {
    const parts = { params: { path: { id }, query: set(query) } };
    return (await answer(
      this.client.GET("/webhooks/{id}/deliveries", parts),
    )) as unknown as Page<WebhookDelivery>;
  }
  /** `conflict` while the webhook is off. */
  async sendAgain(id: string, eventId: string): Promise<void> {
    const parts = at({ id, event_id: eventId });
    await this.client.POST("/webhooks/{id}/deliveries/{event_id}/replay", parts);
  }
  replay(id: string, wish: WebhookReplay): Promise<{ deliveries: number; more: boolean }> {
    return answer(this.client.POST("/webhooks/{id}/replay", { ...at({ id }), body: wish }));
  }
}
