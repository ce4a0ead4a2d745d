/** What of the desk comes after its frame, in the order in which it is wanted. */
import type { ReactNode } from "react";
import { HeldKeys } from "../commands/HeldKeys.tsx";
import { deskPart } from "../ui/deskPart.ts";
import { Loading, Problem } from "../ui/Loadable.tsx";

/** What has a place of its own says there that it is on its way, or did not come. */
const failed = (problem: unknown, again: () => void): ReactNode => (
  <Problem error={problem} onRetry={again} />
);
const conversation = { waiting: <Loading rows={4} rowHeight={72} />, failed };
const card = { waiting: <Loading rows={6} rowHeight={64} />, failed };
const table = { waiting: <Loading rows={12} />, failed };

export const Conversation = deskPart(
  async () => (await import("./Conversation.tsx")).Conversation,
  conversation,
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
