/** Who else has a record open. For staff; each method is one route. */
import type { Client } from "openapi-fetch";
import { answer } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ViewedRecord, Viewers, ViewingAct } from "./types.ts";

/** What one window shows. */
export interface Showing {
  /** The window's own name. */
  readonly console: string;
  readonly record: ViewedRecord | null;
  readonly act: ViewingAct;
}

export class ViewingApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Says what this window shows, and hears who else has it open. Forgotten after 30 s. Answered with no record: it is not there, or not the caller’s to see. */
  say(showing: Showing): Promise<Viewers> {
    return answer(this.client.PUT("/viewing", { body: { ...showing } }));
  }
}
