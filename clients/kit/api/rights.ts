/**
 * What people may do with what is kept of them: a copy of everything, and the end of the account. Every method is one route.
 *
 * Written by hand where the rest is generated: an archive takes longer than a person waits for an answer, and what needs a fresh sign-in
 * is asked with the token of that sign-in.
 */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { ConsultApi } from "./client.ts";
import type { paths } from "./generated.ts";
import { ApiProblem, problemOf } from "./problem.ts";
import { fileName, type NamedFile } from "./reports.ts";
import type { Deletion } from "./types.ts";

/** An archive of a whole history over a slow network. */
const COPY_TIMEOUT_MS = 30 * 60_000;

type Wire = Pick<ConsultApi, "request" | "refresh" | "fetch">;

export class RightsApi {
  private readonly client: Client<paths>;
  private readonly wire: Wire;

  constructor(client: Client<paths>, wire: Wire) {
    this.client = client;
    this.wire = wire;
  }

  /** One ZIP archive. `sign-in-stale` without a token of the last ten minutes; `rate-limited`: too often. */
  copy(token: string | null = null): Promise<NamedFile> {
    return this.archive("/me/export", token);
  }
  /** For supervisors: the same at the patient’s written request, in a language that he reads. */
  copyOf(patientId: string): Promise<NamedFile> {
    return this.archive(`/patients/${encodeURIComponent(patientId)}/export`, null);
  }
  /** What the end of the account would do. */
  plan(): Promise<Deletion> {
    return answer(this.client.GET("/me/deletion"));
  }
  /** Nobody can undo it. `conflict`: something is open; `sign-in-stale` as above. */
  async end(token: string | null = null): Promise<Deletion> {
    const response = await this.send("/me/deletion", token, {
      method: "POST",
      body: JSON.stringify({ confirm: "delete" }),
    });
    return (await response.json()) as Deletion;
  }
  planOf(patientId: string): Promise<Deletion> {
    return answer(this.client.GET("/patients/{id}/deletion", at({ id: patientId })));
  }
  endOf(patientId: string, reason: string): Promise<Deletion> {
    const parts = { ...at({ id: patientId }), body: { confirm: "delete" as const, reason } };
    return answer(this.client.POST("/patients/{id}/deletion", parts));
  }

  private async archive(path: string, token: string | null): Promise<NamedFile> {
    const response = await this.send(path, token, { signal: AbortSignal.timeout(COPY_TIMEOUT_MS) });
    try {
      // A copy that broke off fails here: a part is never taken for the whole.
      const blob = await response.blob();
      return { blob, name: fileName(response.headers.get("content-disposition")) ?? "my-data.zip" };
    } catch {
      throw new ApiProblem("offline", 0, "the copy broke off");
    }
  }

  private async send(path: string, token: string | null, init: RequestInit): Promise<Response> {
    let response = await this.reach(path, token, init);
    if (response.status === 401 && token === null && (await this.wire.refresh())) {
      response = await this.reach(path, token, init);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  private async reach(path: string, token: string | null, init: RequestInit): Promise<Response> {
    const { url, headers } = this.wire.request(path);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    if (init.method === "POST") headers.set("content-type", "application/json");
    try {
      return await this.wire.fetch(url, { ...init, headers });
    } catch (cause) {
      throw new ApiProblem("offline", 0, cause instanceof Error ? cause.message : "network");
    }
  }
}
