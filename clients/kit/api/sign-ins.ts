/** Where a patient is signed in, and signing out what was lost; for staff. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { components, paths } from "./generated.ts";

export type SignIn = components["schemas"]["SignIn"];
export type SignIns = components["schemas"]["SignIns"];
export type EndedSignIns = components["schemas"]["EndedSignIns"];
export type SignOutReason = components["schemas"]["SignOutReason"];

export class SignInApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Recorded as a reading of the card. */
  of(patientId: string): Promise<SignIns> {
    return answer(this.client.GET("/patients/{id}/sign-ins", at({ id: patientId })));
  }
  /** `null`: everywhere. `forbidden`: out of precaution only supervisors do it. Gives what stays. */
  end(patientId: string, signInIds: string[] | null, reason: SignOutReason): Promise<SignIns> {
    const body = { sign_in_ids: signInIds, reason };
    return answer(this.client.POST("/patients/{id}/sign-out", { ...at({ id: patientId }), body }));
  }
}
