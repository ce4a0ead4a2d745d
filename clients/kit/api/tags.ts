/** Tags on consultations. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ConsultationDetail, NewTag, Tag, TagChange } from "./types.ts";

export class TagApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Archived ones too, in the order they were made. */
  async all(): Promise<Tag[]> {
    return (await answer(this.client.GET("/tags"))).tags;
  }
  /** For supervisors. */
  async create(tag: NewTag): Promise<Tag> {
    return answer(this.client.POST("/tags", { body: tag }));
  }
  /** For supervisors. `conflict`: somebody changed it meanwhile. */
  async change(id: string, change: TagChange): Promise<Tag> {
    return answer(this.client.PUT("/tags/{id}", { ...at({ id }), body: change }));
  }
  async putOn(consultationId: string, tagId: string): Promise<ConsultationDetail> {
    const parts = at({ id: consultationId, tag_id: tagId });
    return answer(this.client.PUT("/consultations/{id}/tags/{tag_id}", parts));
  }
  async takeOff(consultationId: string, tagId: string): Promise<ConsultationDetail> {
    const parts = at({ id: consultationId, tag_id: tagId });
    return answer(this.client.DELETE("/consultations/{id}/tags/{tag_id}", parts));
  }
}
