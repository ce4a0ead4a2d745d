/** Cards of one human: two of them side by side, merging, separating; for supervisors. What is no duplicate is said by every member of staff. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { components, paths } from "./generated.ts";
import type { MergePreview, PatientDuplicates, PatientMerge } from "./types.ts";

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
  /** They are two people's: neither is suggested beside the other. `conflict`: nothing suggests that they are one, or they are on one card. */
  dismiss(patientId: string, otherId: string): Promise<PatientDuplicates> {
    const path = at({ id: patientId, other_id: otherId });
    return answer(this.client.PUT("/patients/{id}/dismissed-duplicates/{other_id}", path));
  }
  /** Takes that back. */
  restore(patientId: string, otherId: string): Promise<PatientDuplicates> {
    const path = at({ id: patientId, other_id: otherId });
    return answer(this.client.DELETE("/patients/{id}/dismissed-duplicates/{other_id}", path));
  }
}
