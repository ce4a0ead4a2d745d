/**
 * The first days of an installation: checklist, rehearsal, how it stands, the end of a demonstration. Every method is one route; but for the last two all are
 * for supervisors, two of them for administrators alone.
 */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Checklist, Demo, DoctorReport, RehearsalJoined, RehearsalState } from "./types.ts";

export class SetupApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  checklist(): Promise<Checklist> {
    return answer(this.client.GET("/checklist"));
  }
  /** Only what no machine can see is said. */
  mark(item: string): Promise<Checklist> {
    return answer(this.client.PUT("/checklist/{item}", at({ item })));
  }
  unmark(item: string): Promise<Checklist> {
    return answer(this.client.DELETE("/checklist/{item}", at({ item })));
  }
  rehearsal(): Promise<RehearsalState> {
    return answer(this.client.GET("/rehearsal"));
  }
  /** One that is open ends. */
  begin(): Promise<RehearsalState> {
    return answer(this.client.POST("/rehearsal"));
  }
  leave(): Promise<RehearsalState> {
    return answer(this.client.DELETE("/rehearsal"));
  }
  skip(): Promise<RehearsalState> {
    return answer(this.client.POST("/rehearsal/skip"));
  }
  /** For administrators: the look at the installation that was asked for last. */
  doctor(): Promise<DoctorReport> {
    return answer(this.client.GET("/doctor"));
  }
  /** For administrators: begins one, or joins the one that runs. `conflict`: nothing looks from within. */
  examine(): Promise<DoctorReport> {
    return answer(this.client.POST("/doctor"));
  }
  demo(): Promise<Demo> {
    return answer(this.client.GET("/demo"));
  }
  /** Nobody can undo it. `invalid`: the brand’s name was not typed; `conflict`: there is nothing, or the caller is one of its accounts. */
  removeDemo(confirm: string): Promise<Demo> {
    return answer(this.client.POST("/demo/removal", { body: { confirm } }));
  }
  /** For patients: the account plays the patient of a rehearsal. `not-found`: it is over. */
  join(code: string): Promise<RehearsalJoined> {
    return answer(this.client.POST("/me/rehearsal", { body: { code } }));
  }
  /** For everybody: the patients’ app was opened by a rehearsal’s address. */
  async opened(code: string): Promise<void> {
    await this.client.POST("/public/rehearsals/{code}/opened", at({ code }));
  }
}
