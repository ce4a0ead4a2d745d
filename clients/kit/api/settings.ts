/** Settings that supervisors change while the service runs. Every method is one route; none is for others. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import { fileName, type NamedFile } from "./reports.ts";
import type { Settings, SettingsChecked, SettingsDocument, SettingsHistory } from "./types.ts";

/** What is wanted of a section: `based_on` is the version that was seen. */
export interface SettingsWish {
  based_on: number;
  note?: string;
}

export class SettingsApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  list(): Promise<Settings> {
    return answer(this.client.GET("/settings"));
  }
  async read(section: string): Promise<SettingsDocument> {
    return (await answer(this.client.GET("/settings/{section}", at({ section })))) as SettingsDocument;
  }
  /** `content`: null removes the section. `conflict`: somebody changed it meanwhile, `changedBy` says who. */
  async change(section: string, wish: SettingsWish & { content: unknown }): Promise<SettingsDocument> {
    const parts = { ...at({ section }), body: wish };
    return (await answer(this.client.PUT("/settings/{section}", parts))) as SettingsDocument;
  }
  /** The content of an earlier version again; 0: what the brand folder says. */
  async restore(section: string, wish: SettingsWish & { version: number }): Promise<SettingsDocument> {
    const parts = { ...at({ section }), body: wish };
    return (await answer(this.client.POST("/settings/{section}/restore", parts))) as SettingsDocument;
  }
  /** How a content would do; changes nothing. */
  async check(section: string, content: unknown): Promise<SettingsChecked> {
    const parts = { ...at({ section }), body: { content } };
    return (await answer(this.client.POST("/settings/{section}/check", parts))) as SettingsChecked;
  }
  /** Newest first. */
  async history(section: string, before: number | null = null): Promise<SettingsHistory> {
    const parts = { params: { path: { section }, query: set({ before }) } };
    return (await answer(this.client.GET("/settings/{section}/history", parts))) as SettingsHistory;
  }
  /** What holds, as the `brand.toml` of a brand folder. */
  async exported(): Promise<NamedFile> {
    const call = this.client.GET("/settings/export", { parseAs: "blob" });
    const { response } = await call;
    const name = fileName(response.headers.get("content-disposition"));
    return { blob: await answer(call), name: name ?? "brand.toml" };
  }
}
