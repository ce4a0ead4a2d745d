/**
 * Patients whom the desk makes before they come, the links by which they come, and what the desk opens for them meanwhile. Every method is one route; but for the
 * last two, which are for everybody, all are for staff.
 */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { components, paths } from "./generated.ts";
import type {
  InvitationAccepted,
  InvitationGreeting,
  PatientCheck,
  PatientInvitation,
  PatientInvitations,
  PatientMade,
} from "./types.ts";

export type NewPatient = components["schemas"]["NewPatient"];
export type CheckPatient = components["schemas"]["CheckPatient"];
export type OpenCallback = components["schemas"]["OpenCallback"];
export type OpenConsultation = components["schemas"]["OpenConsultation"];

export class InvitationApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Whom a card that is not made yet looks like. */
  check(card: CheckPatient): Promise<PatientCheck> {
    return answer(this.client.POST("/patients/check", { body: card }));
  }
  /** The link is shown this once; the same `request_id` again gives the same patient without it. */
  make(patient: NewPatient): Promise<PatientMade> {
    return answer(this.client.POST("/patients", { body: patient }));
  }
  /** Without its link. `invitation` is null where the patient came by himself. */
  of(patientId: string): Promise<PatientInvitations> {
    return answer(this.client.GET("/patients/{id}/invitation", at({ id: patientId })));
  }
  /** The former link does nothing any more. `conflict`: the patient has set a password already. */
  renew(patientId: string): Promise<PatientInvitation> {
    return answer(this.client.POST("/patients/{id}/invitation", { ...at({ id: patientId }), body: {} }));
  }
  /** `conflict`: the patient has set a password already. */
  takeBack(patientId: string): Promise<PatientInvitations> {
    return answer(this.client.DELETE("/patients/{id}/invitation", at({ id: patientId })));
  }
  /** `press` is made once for each press of the button. `consents-missing`: the patient has to agree to something in the app first. */
  async openConsultation(patientId: string, wish: OpenConsultation, press: string): Promise<{ id: string }> {
    return answer(
      this.client.POST("/patients/{id}/consultations", {
        params: { path: { id: patientId }, header: { "Idempotency-Key": press } },
        body: wish,
      }),
    );
  }
  /** The same of a call-back. `conflict` with `callbackId` where one is open. */
  async openCallback(patientId: string, wish: OpenCallback, press: string): Promise<{ id: string }> {
    return answer(
      this.client.POST("/patients/{id}/callbacks", {
        params: { path: { id: patientId }, header: { "Idempotency-Key": press } },
        body: wish,
      }),
    );
  }
  /** For whoever has the link. `not-found`: it is none; `invitation-over`: it does nothing any more. */
  open(secret: string): Promise<InvitationGreeting> {
    return answer(this.client.POST("/public/invitations", { body: { secret } }));
  }
  /** Sets the password of the account; it works once. */
  accept(secret: string, password: string): Promise<InvitationAccepted> {
    return answer(this.client.POST("/public/invitations/accept", { body: { secret, password } }));
  }
}
