/** Ratings: what patients think of closed consultations. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { RateConsultation, Rating } from "./types.ts";

export class RatingApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** For the patient, within two weeks after the close; over what he said before. */
  async rate(id: string, rate: RateConsultation): Promise<Rating> {
    return answer(this.client.PUT("/consultations/{id}/rating", { ...at({ id }), body: rate }));
  }
  /** With its words: his own; for who took part to the end, and supervisors. `not-found`: nothing was said. */
  async of(id: string): Promise<Rating> {
    return answer(this.client.GET("/consultations/{id}/rating", at({ id })));
  }
}
