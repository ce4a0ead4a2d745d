/** Macros: what operators do at once, under one name. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ConsultationDetail, Macro, MacroChange, MacroContent, RunMacro } from "./types.ts";

export class MacroApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Archived ones too, in the order they were made. */
  async all(): Promise<Macro[]> {
    return (await answer(this.client.GET("/macros"))).macros;
  }
  /** For supervisors. */
  async create(content: MacroContent): Promise<Macro> {
    return answer(this.client.POST("/macros", { body: content }));
  }
  /** For supervisors. `conflict`: somebody changed it meanwhile. */
  async change(id: string, change: MacroChange): Promise<Macro> {
    return answer(this.client.PUT("/macros/{id}", { ...at({ id }), body: change }));
  }
  /** Rejects with what `run` would be refused by; nothing is done. Ask before the text is sent. */
  async check(consultationId: string, macroId: string, run: RunMacro): Promise<void> {
    const parts = at({ id: consultationId, macro_id: macroId });
    await this.client.POST("/consultations/{id}/macros/{macro_id}/check", { ...parts, body: run });
  }
  /** Everything besides the text, or nothing; the same request does nothing twice. */
  async run(consultationId: string, macroId: string, run: RunMacro): Promise<ConsultationDetail> {
    const parts = at({ id: consultationId, macro_id: macroId });
    return answer(this.client.POST("/consultations/{id}/macros/{macro_id}", { ...parts, body: run }));
  }
}
