/** Puts the list of documents together. The entry of its chunk. */
import type { MatrixClient } from "matrix-js-sdk";
import type { Identities } from "../people.ts";
import type { DocumentsDatabase } from "./database.ts";
import { DocumentsList, type ListParts } from "./list.ts";
import { SdkDocumentSource } from "./source.ts";
import { DocumentsStore } from "./store.ts";

export interface OpenDocuments extends Omit<ListParts, "source" | "store"> {
  client: MatrixClient;
  identities: Identities;
  database: DocumentsDatabase;
}

export function openDocuments({ client, identities, database, ...rest }: OpenDocuments): DocumentsList {
  return new DocumentsList({
    ...rest,
    source: new SdkDocumentSource(client, identities),
    store: new DocumentsStore(database),
  });
}
