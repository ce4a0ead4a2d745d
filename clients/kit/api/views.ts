/** Saved views of lists. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { NewSavedView, SavedView, SavedViewChange } from "./types.ts";

export class ViewApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** The caller's own and those that are shared with him, in his order. */
  async all(): Promise<SavedView[]> {
    return (await answer(this.client.GET("/views"))).views;
  }
  /** `invalid` with the field `query`: its list cannot be asked so. */
  create(view: NewSavedView): Promise<SavedView> {
    return answer(this.client.POST("/views", { body: view }));
  }
  /** Removes it too, and takes it back. `conflict`: it was changed meanwhile; `forbidden`: it is a colleague's. */
  change(id: string, change: SavedViewChange): Promise<SavedView> {
    return answer(this.client.PUT("/views/{id}", { ...at({ id }), body: change }));
  }
  /** The caller's own order of all that he sees. */
  async arrange(ids: readonly string[]): Promise<SavedView[]> {
    return (await answer(this.client.PUT("/view-order", { body: { view_ids: [...ids] } }))).views;
  }
}
