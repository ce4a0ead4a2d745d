/** Consents: what a patient agrees to and withdraws, for himself or for whom he acts, and what staff sees of it. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Consent, ConsentEntry } from "./types.ts";

export class ConsentApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** What the patient is asked to agree to, with the texts of today in his language. `person`: whom it is about; null: himself. */
  own(person: string | null = null): Promise<{ consents: Consent[] }> {
    if (person === null) return answer(this.client.GET("/me/consents"));
    return answer(this.client.GET("/me/persons/{id}/consents", at({ id: person })));
  }
  /** `hash` is of the text that was shown; `consent-changed`: it is another one by now. */
  give(purpose: string, hash: string, person: string | null = null): Promise<Consent> {
    const body = { hash };
    if (person === null)
      return answer(this.client.PUT("/me/consents/{purpose}", { ...at({ purpose }), body }));
    const path = at({ id: person, purpose });
    return answer(this.client.PUT("/me/persons/{id}/consents/{purpose}", { ...path, body }));
  }
  withdraw(purpose: string, person: string | null = null): Promise<{ consents: Consent[] }> {
    if (person === null) return answer(this.client.DELETE("/me/consents/{purpose}", at({ purpose })));
    return answer(this.client.DELETE("/me/persons/{id}/consents/{purpose}", at({ id: person, purpose })));
  }
  /** For staff, newest first; recorded as a reading of the card. */
  of(patientId: string): Promise<{ entries: ConsentEntry[] }> {
    return answer(this.client.GET("/patients/{id}/consents", at({ id: patientId })));
  }
}
