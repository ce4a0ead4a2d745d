/** Keys by which partners' systems call this API. For supervisors. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ApiKey, ApiKeyPatch, ApiKeySecret, ApiKeys, NewApiKey } from "./types.ts";

export class ApiKeyApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  list(): Promise<ApiKeys> {
    return answer(this.client.GET("/api-keys"));
  }
  /** The key is shown this once. */
  create(key: NewApiKey): Promise<ApiKeySecret> {
    return answer(this.client.POST("/api-keys", { body: key }));
  }
  /** `conflict` for one that was revoked. */
  change(id: string, patch: ApiKeyPatch): Promise<ApiKey> {
    return answer(this.client.PATCH("/api-keys/{id}", { ...at({ id }), body: patch }));
  }
  /** From now on it opens nothing. */
  revoke(id: string): Promise<ApiKey> {
    return answer(this.client.DELETE("/api-keys/{id}", at({ id })));
  }
}
