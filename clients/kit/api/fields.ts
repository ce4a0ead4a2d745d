/** The brand's own fields. Every method is one route; none is for patients. A patient's are changed with his card. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ConsultationDetail, CustomFields, FieldValue } from "./types.ts";

export class FieldApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Which there are. */
  all(): Promise<CustomFields> {
    return answer(this.client.GET("/fields"));
  }
  /** What is left out stays; null empties. */
  async change(
    consultationId: string,
    fields: Record<string, FieldValue | null>,
  ): Promise<ConsultationDetail> {
    const parts = { ...at({ id: consultationId }), body: { fields } };
    return (await answer(this.client.PATCH("/consultations/{id}/fields", parts))) as ConsultationDetail;
  }
}
