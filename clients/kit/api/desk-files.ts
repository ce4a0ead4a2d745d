/** Files that the desk keeps, for macros and canned replies to send them. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { DeskFile } from "./types.ts";

/** The service keeps none that is larger. Unit: bytes. */
export const DESK_FILE_BYTES_MAX = 5 * 1024 * 1024;

export class DeskFileApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** The same file is kept once. `conflict`: as many are kept as may be. */
  async keep(file: File): Promise<DeskFile> {
    const body = { name: file.name, media_type: file.type, content: await base64Of(file) };
    return answer(this.client.POST("/files", { body }));
  }
  /** What stands in one. `not-found`: it is kept no more. */
  async content(id: string): Promise<Blob> {
    return answer(this.client.GET("/files/{id}", { ...at({ id }), parseAs: "blob" }));
  }
}

/** Bytes taken together: the arguments of one call are not many. */
const CHUNK = 0x8000;

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let from = 0; from < bytes.length; from += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return btoa(text);
}
