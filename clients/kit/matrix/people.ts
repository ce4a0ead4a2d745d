/** Names of members, as the views need them. */
import type { Room } from "matrix-js-sdk";
import type { Person } from "./types.ts";

export interface Identities {
  me: string;
  keeper: string;
}

export function personIn(room: Room | null, userId: string, { me, keeper }: Identities): Person {
  const member = room?.getMember(userId);
  // Who was taken out is named by the event before: the one that took him out says no name.
  const names = [member?.rawDisplayName, member?.events.member?.getPrevContent().displayname];
  const isName = (name: unknown) => typeof name === "string" && name !== "" && name !== userId;
  return {
    userId,
    name: names.find(isName) ?? localpart(userId),
    kind: userId === me ? "me" : userId === keeper ? "keeper" : "other",
  };
}

function localpart(userId: string): string {
  return userId.replace(/^@/, "").split(":")[0] ?? userId;
}
