/** An open consultation: its talk, and what staff tells one another about it. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useMediaQuery } from "@mantine/hooks";
import { ConclusionStatus } from "../features/conclusion/index.ts";
import { ConsultationPane } from "../features/consultation/index.ts";
import { NotesPanel } from "../features/note/index.ts";
import { TagLine } from "../features/tag/index.ts";
import { takesPart } from "../live/sections.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { ONE_PANE_MAX } from "./layout.ts";
import { useWriting } from "./useWriting.ts";

export function Conversation({ id }: { id: string }) {
  return <ConsultationPane id={id} About={AboutConsultation} useWriting={useWriting} />;
}

/** What staff tells one another about a consultation: tags, notes. Read by themselves where one takes part; folded where only the talk has room. */
function AboutConsultation({ row }: { row: ConsultationRow }) {
  const { me } = useConsole();
  const isIn = row.ended_at === null && takesPart(row, me.operator?.id ?? null);
  const narrow = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, { getInitialValueInEffect: false });
  return (
    <>
      <TagLine row={row} />
      <ConclusionStatus row={row} />
      <NotesPanel key={String(isIn)} conversationId={row.conversation_id} opened={isIn && !narrow} />
    </>
  );
}
