/** What a person keeps in the own account: small settings that are there at any machine. The homeserver reads it: nothing of anybody else belongs here. */
import { ClientEvent, type MatrixClient, type MatrixEvent, Method } from "matrix-js-sdk";
import type { AccountProfile } from "./types.ts";

type Content = Record<string, unknown>;

function pathOf(client: MatrixClient, type: string): string {
  return `/user/${encodeURIComponent(client.getSafeUserId())}/account_data/${encodeURIComponent(type)}`;
}

/** Account data as the server has it now; `null`: there is none. What this client has synced may be older. */
export async function accountDataOnServer(client: MatrixClient, type: string): Promise<Content | null> {
  try {
    return await client.http.authedRequest<Content>(Method.Get, pathOf(client, type));
  } catch (cause) {
    if ((cause as { httpStatus?: unknown }).httpStatus === 404) return null;
    throw cause;
  }
}

export class AccountData implements AccountProfile {
  private readonly client: MatrixClient;

  constructor(client: MatrixClient) {
    this.client = client;
  }

  read(type: string): Promise<Content | null> {
    return accountDataOnServer(this.client, type);
  }

  async write(type: string, content: Content): Promise<void> {
    await this.client.http.authedRequest(Method.Put, pathOf(this.client, type), undefined, content);
  }

  subscribe(type: string, told: (content: Content) => void): () => void {
    const heard = (event: MatrixEvent) => {
      if (event.getType() === type) told(event.getContent());
    };
    this.client.on(ClientEvent.AccountData, heard);
    return () => void this.client.off(ClientEvent.AccountData, heard);
  }
}
