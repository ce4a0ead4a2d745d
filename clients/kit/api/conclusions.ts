/** Conclusions of consultations: what is written for the patient, signed, and read as PDF. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import { type NamedFile, named } from "./reports.ts";
import type { ConclusionDraft, ConclusionVersion, SaveConclusion } from "./types.ts";

export class ConclusionApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** For staff: what is written and not signed yet, else what was signed last; each reading is recorded. */
  async draft(id: string): Promise<ConclusionDraft> {
    return answer(this.client.GET("/consultations/{id}/conclusion/draft", at({ id })));
  }
  /** `conflict` with `changedBy`: a colleague saved or signed meanwhile. */
  async save(id: string, save: SaveConclusion): Promise<ConclusionDraft> {
    return answer(this.client.PUT("/consultations/{id}/conclusion/draft", { ...at({ id }), body: save }));
  }
  /** `invalid` names the sections that are missing. */
  async sign(id: string, version: number): Promise<ConclusionDraft> {
    const parts = { ...at({ id }), body: { version } };
    return answer(this.client.POST("/consultations/{id}/conclusion/sign", parts));
  }
  /** The reason is for the patient to read too. */
  async amend(id: string, version: number, reason: string): Promise<ConclusionDraft> {
    const parts = { ...at({ id }), body: { version, reason } };
    return answer(this.client.POST("/consultations/{id}/conclusion/amend", parts));
  }
  /** What was signed, newest first. */
  async versions(id: string): Promise<ConclusionVersion[]> {
    return (await answer(this.client.GET("/consultations/{id}/conclusion/versions", at({ id })))).versions;
  }
  /** A signed version; the last one where none is named. Each reading is recorded. */
  async pdf(id: string, version?: number): Promise<NamedFile> {
    const query = version === undefined ? {} : { version };
    const call = this.client.GET("/consultations/{id}/conclusion/pdf", {
      params: { path: { id }, query },
      parseAs: "blob",
    });
    return named(call, `conclusion-${id}.pdf`);
  }
  /** How the draft would look. */
  async preview(id: string): Promise<NamedFile> {
    const call = this.client.GET("/consultations/{id}/conclusion/preview", {
      ...at({ id }),
      parseAs: "blob",
    });
    return named(call, "conclusion-draft.pdf");
  }
}
