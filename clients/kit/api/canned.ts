/** Canned replies: the shared ones and the caller's own. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Canned, CannedChange, CannedVersion, NewCanned } from "./types.ts";

export class CannedApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  async all(): Promise<Canned[]> {
    return (await answer(this.client.GET("/canned"))).canned;
  }
  async create(reply: NewCanned): Promise<Canned> {
    return answer(this.client.POST("/canned", { body: reply }));
  }
  /** `conflict`: somebody changed it meanwhile. */
  async change(id: string, change: CannedChange): Promise<Canned> {
    return answer(this.client.PUT("/canned/{id}", { ...at({ id }), body: change }));
  }
  async remove(id: string): Promise<void> {
    await this.client.DELETE("/canned/{id}", at({ id }));
  }
  /** Who changed what and when, newest first. */
  async versions(id: string): Promise<CannedVersion[]> {
    return (await answer(this.client.GET("/canned/{id}/versions", at({ id })))).versions;
  }
}
