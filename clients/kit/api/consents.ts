/** Consents: what a patient agrees to and withdraws, and what staff sees of it. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Consent, ConsentEntry } from "./types.ts";

export class ConsentApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** What the patient is asked to agree to, with the texts of today in his language. */
  own(): Promise<{ consents: Consent[] }> {
    return answer(this.client.GET("/me/consents"));
  }
  /** `hash` is of the text that was shown; `consent-changed`: it is another one by now. */
  give(purpose: string, hash: string): Promise<Consent> {
    return answer(this.client.PUT("/me/consents/{purpose}", { ...at({ purpose }), body: { hash } }));
  }
  withdraw(purpose: string): Promise<{ consents: Consent[] }> {
    return answer(this.client.DELETE("/me/consents/{purpose}", at({ purpose })));
  }
  /** For staff, newest first; recorded as a reading of the card. */
  of(patientId: string): Promise<{ entries: ConsentEntry[] }> {
    return answer(this.client.GET("/patients/{id}/consents", at({ id: patientId })));
  }
}
