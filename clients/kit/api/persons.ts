/** Persons whom a patient acts for: his own list of them, and their cards at the desk. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { components, paths } from "./generated.ts";
import type { ConsentEntry, ConsultationDetail, Person, PersonCard } from "./types.ts";

export type NewPerson = components["schemas"]["NewPerson"];
export type PersonChange = components["schemas"]["PersonChange"];

export type CorrectPerson = components["schemas"]["CorrectPerson"];

export class PersonApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Those who were removed stand last. */
  own(): Promise<{ persons: Person[] }> {
    return answer(this.client.GET("/me/persons"));
  }
  /** `request_id` is a UUID made once for each press of the button. `conflict`: there are as many as there may be. */
  add(person: NewPerson): Promise<Person> {
    return answer(this.client.POST("/me/persons", { body: person }));
  }
  /** `active: true` brings back who was removed. */
  change(id: string, change: PersonChange): Promise<Person> {
    return answer(this.client.PATCH("/me/persons/{id}", { ...at({ id }), body: change }));
  }
  /** `conflict`: a consultation about him is open. */
  remove(id: string): Promise<{ persons: Person[] }> {
    return answer(this.client.DELETE("/me/persons/{id}", at({ id })));
  }
  /** For staff; recorded as a reading of the card. */
  card(patientId: string, id: string): Promise<PersonCard> {
    const path = at({ id: patientId, person_id: id });
    return answer(this.client.GET("/patients/{id}/persons/{person_id}", path));
  }
  /** For the lead and supervisors. `conflict`: corrected meanwhile, or over; `consents-missing`: what is required is not agreed to for that one. */
  correct(consultationId: string, correction: CorrectPerson): Promise<ConsultationDetail> {
    return answer(
      this.client.PUT("/consultations/{id}/person", { ...at({ id: consultationId }), body: correction }),
    );
  }
  /** For staff, newest first; recorded as a reading of the card. */
  consents(patientId: string, id: string): Promise<{ entries: ConsentEntry[] }> {
    const path = at({ id: patientId, person_id: id });
    return answer(this.client.GET("/patients/{id}/persons/{person_id}/consents", path));
  }
}
