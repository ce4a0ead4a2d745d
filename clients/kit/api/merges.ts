/** Cards of one human: two of them side by side, merging, separating. For supervisors. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { components, paths } from "./generated.ts";
import type { MergePreview, PatientMerge } from "./types.ts";

export type NewMerge = components["schemas"]["NewMerge"];
export type SeparateMerge = components["schemas"]["SeparateMerge"];

export class MergeApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Recorded as a reading of either card. */
  preview(leadingId: string, mergedId: string): Promise<MergePreview> {
    const params = { path: { id: leadingId }, query: { with: mergedId } };
    return answer(this.client.GET("/patients/{id}/merges/preview", { params }));
  }
  /** Those that stand and those that were, the last first. Recorded as a reading of the cards. */
  of(patientId: string): Promise<{ merges: PatientMerge[] }> {
    return answer(this.client.GET("/patients/{id}/merges", at({ id: patientId })));
  }
  /** `conflict`: either card has changed since it was seen, or something stands against it. The same `request_id` merges once. */
  merge(leadingId: string, merge: NewMerge): Promise<PatientMerge> {
    return answer(this.client.POST("/patients/{id}/merges", { ...at({ id: leadingId }), body: merge }));
  }
  /** `conflict`: they are separate already. */
  separate(mergeId: string, wish: SeparateMerge): Promise<PatientMerge> {
    return answer(this.client.POST("/merges/{id}/separate", { ...at({ id: mergeId }), body: wish }));
  }
}
