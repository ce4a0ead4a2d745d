/** What of the desk comes after its frame, in the order in which it is wanted. */
import { HeldKeys } from "../commands/HeldKeys.tsx";
import { deskPart, inPlace } from "../ui/deskPart.tsx";

const card = inPlace(6, 64);
const table = inPlace(12, 48);

export const Conversation = deskPart(
  async () => (await import("./Conversation.tsx")).Conversation,
  inPlace(4, 72),
);
export const OverDesk = deskPart(async () => (await import("./OverDesk.tsx")).OverDesk);
export const CallDock = deskPart(async () => (await import("./CallPart.ts")).CallDock);
export const Lines = deskPart(async () => (await import("./Lines.tsx")).Lines);
export const Card = deskPart(async () => (await import("./Card.tsx")).Card, card);
export const CardDrawer = deskPart(async () => (await import("./Card.tsx")).CardDrawer);
export const DialogForms = deskPart(async () => (await import("./DialogForms.tsx")).DialogForms, {
  waiting: <HeldKeys />,
});
export const TableOf = deskPart(async () => (await import("./Tables.tsx")).TableOf, table);
export const CardOf = deskPart(async () => (await import("./Tables.tsx")).CardOf, card);
export const ArchiveList = deskPart(async () => (await import("./Archive.tsx")).ArchiveList, table);
export const ArchivedRecord = deskPart(async () => (await import("./Archive.tsx")).ArchivedRecord, card);
