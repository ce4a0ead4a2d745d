/** What goes of the archive, legal holds, erasure. For supervisors. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { DuePage, ErasureCertificate, HoldView, LegalHold, NewHold, Page } from "./types.ts";

export interface DueQuery {
  days?: number;
  class?: string;
  queue?: string;
  limit?: number;
  cursor?: string | null;
}

export interface HoldQuery {
  view?: HoldView;
  patient?: string;
  limit?: number;
  cursor?: string | null;
}

export class RetentionApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** The first that goes first. */
  async due(query: DueQuery = {}): Promise<DuePage> {
    return (await answer(
      this.client.GET("/archive/due", { params: { query: set(query) } }),
    )) as unknown as DuePage;
  }
  /** Nobody can undo it. `held`: a legal hold is on it; `conflict`: not over yet; `erased`: it was. */
  erase(consultationId: string, reason: string): Promise<ErasureCertificate> {
    const parts = { ...at({ consultation_id: consultationId }), body: { reason } };
    return answer(this.client.POST("/archive/{consultation_id}/erase", parts));
  }
  certificate(consultationId: string): Promise<ErasureCertificate> {
    return answer(
      this.client.GET("/archive/{consultation_id}/certificate", at({ consultation_id: consultationId })),
    );
  }
  /** The last that was placed first. */
  async holds(query: HoldQuery = {}): Promise<Page<LegalHold>> {
    return (await answer(this.client.GET("/holds", { params: { query: set(query) } }))) as Page<LegalHold>;
  }
  /** The same `request_id` gives the same hold. */
  place(hold: NewHold): Promise<LegalHold> {
    return answer(this.client.POST("/holds", { body: hold }));
  }
  lift(id: string, reason: string): Promise<LegalHold> {
    return answer(this.client.POST("/holds/{id}/lift", { ...at({ id }), body: { reason } }));
  }
}
