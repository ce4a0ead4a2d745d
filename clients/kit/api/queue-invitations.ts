/** Asking whoever serves a queue into a consultation: the first who accepts comes. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { ConsultationDetail, GuestRole, QueueInvitation } from "./types.ts";

export class QueueInvitationApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** What asks the caller, what he asks himself, and after what of his nobody came, until he has seen it. */
  async mine(): Promise<QueueInvitation[]> {
    return (await answer(this.client.GET("/operators/me/queue-invitations"))).invitations;
  }
  /** `nobody-there`: none of them is on duty. */
  async ask(consultationId: string, queueId: string, role: GuestRole): Promise<QueueInvitation> {
    return answer(
      this.client.POST("/consultations/{id}/queue-invitations", {
        ...at({ id: consultationId }),
        body: { queue_id: queueId, role },
      }),
    );
  }
  async takeBack(consultationId: string, id: string): Promise<QueueInvitation> {
    const parts = at({ id: consultationId, invitation_id: id });
    return answer(this.client.DELETE("/consultations/{id}/queue-invitations/{invitation_id}", parts));
  }
  /** `taken`: a colleague was faster. `queue-invitation-over`: nobody comes in by it any more. */
  async accept(id: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/queue-invitations/{id}/accept", at({ id })));
  }
  /** That nobody came was read. */
  async seen(id: string): Promise<QueueInvitation> {
    return answer(this.client.POST("/queue-invitations/{id}/seen", at({ id })));
  }
  async decline(id: string): Promise<QueueInvitation> {
    return answer(this.client.POST("/queue-invitations/{id}/decline", at({ id })));
  }
}
