/** The words of a sealed consultation, as they were said. */
import type { ArchivedCall, TranscriptEntry } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { CallLine, FileTile, recordFile } from "@consilium/kit/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { VList } from "virtua";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Called, readTranscript, type Said } from "./model.ts";
import classes from "./Transcript.module.css";

export interface TranscriptProps {
  transcript: readonly TranscriptEntry[];
  calls: readonly ArchivedCall[];
}

export function Transcript({ transcript, calls }: TranscriptProps) {
  const { t } = useTranslation();
  const lines = useMemo(() => readTranscript(transcript, calls), [transcript, calls]);
  if (lines.length === 0) return <p className={classes.nothing}>{t("archive.nothingSaid")}</p>;
  return (
    <VList
      data={lines}
      className={classes.scroll}
      tabIndex={0}
      role="group"
      aria-label={t("archive.transcriptLabel")}
    >
      {(line) =>
        line.kind === "call" ? (
          <CalledLine key={line.call.callId} line={line} />
        ) : (
          <Line key={line.entry.event_id} said={line} />
        )
      }
    </VList>
  );
}

/** From nobody's end: who reads the archive took no part. */
function CalledLine({ line: { call, caller, startsDay } }: { line: Called }) {
  const { day } = useFormats();
  return (
    <>
      {startsDay && <p className={classes.day}>{day(new Date(call.at))}</p>}
      <CallLine item={call} side={null} caller={caller} />
    </>
  );
}

function Line({ said }: { said: Said }) {
  const { t } = useTranslation();
  const { day, time } = useFormats();
  const { entry, startsRun, startsDay, answers } = said;
  return (
    <>
      {startsDay && <p className={classes.day}>{day(entry.sent_at)}</p>}
      <div className={classes.line} data-starts={startsRun} data-kind={entry.sender.kind}>
        <time className={classes.time} dateTime={entry.sent_at}>
          {time(entry.sent_at)}
        </time>
        <div className={classes.words}>
          {startsRun && (
            <p className={classes.sender}>
              {entry.sender.name}
              {entry.sender.kind === "operator" && (
                <span className={classes.staff}>{t("role.operator")}</span>
              )}
            </p>
          )}
          {answers !== null && (
            <p className={classes.answers}>
              {answers.sender.name}: {answers.body}
            </p>
          )}
          <Body entry={entry} />
        </div>
      </div>
    </>
  );
}

function Body({ entry }: { entry: TranscriptEntry }) {
  const { t } = useTranslation();
  const { engine } = useConsole();
  if (entry.kind === "redacted") return <p className={classes.quiet}>{t("archive.redacted")}</p>;
  if (entry.kind === "undecryptable") return <p className={classes.quiet}>{t("archive.undecryptable")}</p>;
  if (entry.file !== null) {
    return (
      <div className={classes.file}>
        <FileTile file={recordFile(entry.file)} files={engine.files} />
        {entry.body !== "" && entry.body !== entry.file.name && <p>{entry.body}</p>}
      </div>
    );
  }
  return (
    <p className={entry.kind === "notice" ? classes.quiet : classes.text}>
      {entry.body}
      {entry.edited && <span className={classes.edited}> {t("archive.edited")}</span>}
    </p>
  );
}
