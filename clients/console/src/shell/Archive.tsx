/** The archive's two panes. */
import { useDesk } from "../desk/DeskContext.tsx";
import { ArchiveListView, ArchiveRecordView } from "../features/archive/index.ts";
import { CallbackPanel } from "../features/callback/index.ts";
import { ConclusionPanel } from "../features/conclusion/index.ts";
import {
  archiveListOf,
  DueListView,
  ErasedRecord,
  HoldsListView,
  RecordRetention,
  WhichList,
} from "../features/retention/index.ts";
import { archivedCallback } from "../live/route.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./Desk.module.css";
import { PanelHead } from "./PanelHead.tsx";

/** What is open of the archive: a consultation, or a call-back that a search has found. */
export function ArchivedRecord() {
  const { place } = useDesk();
  const callback = archivedCallback(place);
  if (callback !== null)
    return (
      <>
        <PanelHead />
        <div className={classes.cardScroll}>
          <CallbackPanel key={callback} id={callback} />
        </div>
      </>
    );
  return (
    <ArchiveRecordView
      id={place.id}
      Conclusion={ConclusionPanel}
      Keeping={RecordRetention}
      Erased={ErasedRecord}
    />
  );
}

/** The archive's lists: what is kept, and for supervisors what goes and what is held. */
export function ArchiveList() {
  const { place } = useDesk();
  const { me } = useConsole();
  const list = me.role === "supervisor" ? archiveListOf(place.search.state) : "records";
  if (list === "due") return <DueListView />;
  if (list === "holds") return <HoldsListView />;
  return <ArchiveListView above={<WhichList />} />;
}
