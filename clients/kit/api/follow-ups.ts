/** What staff comes back to at a time, and what it sends patients then. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { FollowUp, FollowUpChange, FollowUpView, FollowUpWords, NewFollowUp, Page } from "./types.ts";

export interface FollowUpQuery {
  view?: FollowUpView;
  /** Whether its time has come. */
  due?: boolean;
  patient?: string;
  operator?: string;
  queue?: string;
  limit?: number;
  cursor?: string | null;
}

/** About whom or what a message would be. */
export interface FollowUpMessageQuery {
  patient_id: string;
  consultation_id?: string;
  queue_id?: string;
}

export class FollowUpApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** What comes first on top; of those that are over the latest. */
  async list(query: FollowUpQuery): Promise<Page<FollowUp>> {
    return (await answer(
      this.client.GET("/follow-ups", { params: { query: set(query) } }),
    )) as Page<FollowUp>;
  }
  one(id: string): Promise<FollowUp> {
    return answer(this.client.GET("/follow-ups/{id}", at({ id })));
  }
  /** With what a message to the patient begins, and whether it could be sent. */
  words(query: FollowUpMessageQuery): Promise<FollowUpWords> {
    return answer(this.client.GET("/follow-ups/message", { params: { query } }));
  }
  make(wish: NewFollowUp): Promise<FollowUp> {
    return answer(this.client.POST("/follow-ups", { body: wish }));
  }
  /** `conflict`: somebody changed it meanwhile, or it is over. */
  change(id: string, change: FollowUpChange): Promise<FollowUp> {
    return answer(this.client.PATCH("/follow-ups/{id}", { ...at({ id }), body: change }));
  }
  done({ id, version }: FollowUp): Promise<FollowUp> {
    return answer(this.client.POST("/follow-ups/{id}/done", { ...at({ id }), body: { version } }));
  }
  cancel({ id, version }: FollowUp): Promise<FollowUp> {
    return answer(this.client.POST("/follow-ups/{id}/cancel", { ...at({ id }), body: { version } }));
  }
}
