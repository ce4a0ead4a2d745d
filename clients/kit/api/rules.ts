/** Rules of the desk: what they did, their alarms, and a dry run. They are written as all settings are. Every method is one route; all are for supervisors. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Page, RuleRun, RuleSettings, RuleTried } from "./types.ts";

export interface RuleRunQuery {
  rule_id?: string;
  consultation_id?: string;
  /** Only alarms that nobody has taken note of. */
  open_alarms?: boolean;
  limit?: number;
  cursor?: string | null;
}

export class RuleApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** What rules did, newest first. */
  async runs(query: RuleRunQuery = {}): Promise<Page<RuleRun>> {
    const parts = { params: { query: set(query) } };
    return (await answer(this.client.GET("/rules/runs", parts))) as unknown as Page<RuleRun>;
  }
  /** Takes note of an alarm, for all supervisors. */
  see(id: string): Promise<RuleRun> {
    return answer(this.client.POST("/rules/runs/{id}/seen", at({ id })));
  }
  /** What a rule would have matched among the last ones; nothing is changed. */
  attempt(content: RuleSettings, last: number): Promise<RuleTried> {
    return answer(this.client.POST("/rules/try", { body: { content: content as never, last } }));
  }
}
