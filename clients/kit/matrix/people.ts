/** Names of members, as the views need them. */
import type { Room } from "matrix-js-sdk";
import type { Person } from "./types.ts";

export interface Identities {
  me: string;
  keeper: string;
}

export function personIn(room: Room | null, userId: string, { me, keeper }: Identities): Person {
  const name = room?.getMember(userId)?.rawDisplayName;
  return {
    userId,
    name: name !== undefined && name !== "" && name !== userId ? name : localpart(userId),
    kind: userId === me ? "me" : userId === keeper ? "keeper" : "other",
  };
}

function localpart(userId: string): string {
  return userId.replace(/^@/, "").split(":")[0] ?? userId;
}
