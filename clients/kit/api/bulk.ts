/** One act on several rows of a list, for the desk. Every method is one route; the answer says of each row what became of it. */
import type { Client } from "openapi-fetch";
import { answer } from "./answer.ts";
import type { paths } from "./generated.ts";
import { type ApiProblem, problemIn } from "./problem.ts";
import type { BulkOutcome, BulkRequest, BulkRow } from "./types.ts";

/** What became of a row; `problem`: why it was refused, as the same act on it alone would be. */
export interface BulkFate {
  readonly id: string;
  readonly outcome: BulkOutcome;
  readonly problem: ApiProblem | null;
}

/** Chosen rows as text for a spreadsheet. */
export interface ExportedTable {
  readonly table: string;
  readonly rows: BulkFate[];
}

export class BulkApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** In the order of the request. A retry with the same `request_id` goes on where the first one stopped. */
  async act(request: BulkRequest): Promise<BulkFate[]> {
    const { rows } = await answer(this.client.POST("/consultations/bulk", { body: request }));
    return rows.map(fateOf);
  }
  async exportConsultations(ids: readonly string[]): Promise<ExportedTable> {
    const { table, rows } = await answer(
      this.client.POST("/consultations/export", { body: { ids: [...ids] } }),
    );
    return { table, rows: rows.map(fateOf) };
  }
  /** For supervisors. */
  async exportPatients(ids: readonly string[]): Promise<ExportedTable> {
    const { table, rows } = await answer(this.client.POST("/patients/export", { body: { ids: [...ids] } }));
    return { table, rows: rows.map(fateOf) };
  }
}

function fateOf({ id, outcome, problem }: BulkRow): BulkFate {
  return { id, outcome, problem: problem === null || problem === undefined ? null : problemIn(problem) };
}
