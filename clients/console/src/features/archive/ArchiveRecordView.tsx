/** One sealed consultation: the seal, the transcript, the files. Reading it is recorded. */
import type { ArchivedFile, ArchiveRecord } from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { FileTile, recordFile } from "@consilium/kit/ui";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { secondsSince } from "../../format.ts";
import { IconArchive, IconFile, IconShieldCheck, IconShieldX } from "../../icons.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Answers } from "../../ui/Answers.tsx";
import { BackToList } from "../../ui/BackToList.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Viewers } from "../../ui/Viewers.tsx";
import { ArchiveMenu } from "./ArchiveMenu.tsx";
import { ArchiveRating } from "./ArchiveRating.tsx";
import classes from "./ArchiveRecordView.module.css";
import { isErased, sealedPerson, sealOf, shortHash } from "./model.ts";
import { Transcript } from "./Transcript.tsx";

export interface ArchiveRecordViewProps {
  id: string | null;
  /** Where its conclusion is read and amended. */
  Conclusion: ComponentType<{ id: string }>;
  /** How long it is kept, and what can be done about that. */
  Keeping: ComponentType<{ record: ArchiveRecord }>;
  /** What is left of one that was erased. */
  Erased: ComponentType<{ id: string }>;
}

export function ArchiveRecordView({ id, Conclusion, Keeping, Erased }: ArchiveRecordViewProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["archive-record", id],
    queryFn: () => api.archiveRecord(id ?? ""),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (id === null)
    return (
      <Nothing
        icon={<IconArchive size={36} stroke={1.5} />}
        title={t("archive.noneTitle")}
        text={t("archive.noneText")}
      />
    );
  if (isErased(error)) return <Erased key={id} id={id} />;
  if (data !== undefined) return <Record key={id} record={data} Conclusion={Conclusion} Keeping={Keeping} />;
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return <Loading rows={6} rowHeight={56} />;
}

function Record({
  record,
  Conclusion,
  Keeping,
}: Pick<ArchiveRecordViewProps, "Conclusion" | "Keeping"> & { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const { consultation } = record;
  const hasConclusion = consultation.conclusion_need !== "off" || consultation.conclusion !== null;
  return (
    <div className={classes.record}>
      <Head record={record} />
      {consultation.rating !== null && <ArchiveRating id={consultation.id} rating={consultation.rating} />}
      <Tabs defaultValue="transcript" className={classes.tabs} keepMounted={false}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="transcript">{t("archive.transcript", { count: record.message_count })}</Tabs.Tab>
          <Tabs.Tab value="files" disabled={record.files.length === 0}>
            {t("archive.filesTab", { count: record.files.length })}
          </Tabs.Tab>
          {hasConclusion && <Tabs.Tab value="conclusion">{t("conclusion.tab")}</Tabs.Tab>}
          <Tabs.Tab value="seal">{t("archive.seal")}</Tabs.Tab>
          <Tabs.Tab value="keeping">{t("archive.keeping")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="transcript" className={classes.panel}>
          {record.answers !== null && (
            <div className={classes.answers}>
              <Answers answers={record.answers} />
            </div>
          )}
          <Transcript transcript={record.transcript} calls={record.calls} />
        </Tabs.Panel>
        <Tabs.Panel value="files" className={classes.panel}>
          <Files files={record.files} />
        </Tabs.Panel>
        {hasConclusion && (
          <Tabs.Panel value="conclusion" className={classes.panel}>
            <Conclusion id={consultation.id} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="seal" className={classes.panel}>
          <SealPanel record={record} />
        </Tabs.Panel>
        <Tabs.Panel value="keeping" className={classes.panel}>
          <Keeping record={record} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Head({ record }: { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const locale = useRegion();
  const { consultation } = record;
  const { name, age, acting } = whose({ ...consultation, person: sealedPerson(record) });
  const valid = sealOf(record).status === "valid";
  const took =
    consultation.taken_at !== null && consultation.ended_at !== null
      ? secondsSince(consultation.taken_at, Date.parse(consultation.ended_at))
      : null;
  return (
    <header className={classes.head}>
      <BackToList />
      <div className={classes.names}>
        <h2>{name}</h2>
        <p>
          {[
            acting === null || age === null ? "" : t("age", { count: age }),
            acting === null ? "" : t("persons.asks", { name: acting.name }),
            consultation.queue.name,
            consultation.participants.map(({ name }) => name).join(", "),
            fullWhen(consultation.requested_at, locale),
            took === null ? "" : t("archive.took", { time: clock(took) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <Viewers />
      <span className={classes.seal} data-valid={valid}>
        {valid ? (
          <IconShieldCheck size={18} stroke={1.75} aria-hidden />
        ) : (
          <IconShieldX size={18} stroke={1.75} aria-hidden />
        )}
        {t(valid ? "archive.sealValid" : "archive.sealBroken")}
      </span>
      <ArchiveMenu id={consultation.id} />
    </header>
  );
}

export function Files({ files }: { files: readonly ArchivedFile[] }) {
  const { t } = useTranslation();
  const { engine } = useConsole();
  if (files.length === 0)
    return <Nothing icon={<IconFile size={32} stroke={1.5} />} title={t("archive.noFiles")} />;
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <li key={file.url}>
          <FileTile file={recordFile(file)} files={engine.files} />
          {file.sha256 !== null && (
            <p className={classes.hash}>
              SHA-256 <code title={file.sha256}>{shortHash(file.sha256)}</code>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function SealPanel({ record }: { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const valid = sealOf(record).status === "valid";
  return (
    <div className={classes.sealPanel}>
      <p className={classes.sealWords}>{t(valid ? "archive.sealValidText" : "archive.sealBrokenText")}</p>
      <dl>
        <div>
          <dt>{t("archive.sequence")}</dt>
          <dd>{record.chain.sequence}</dd>
        </div>
        <div>
          <dt>{t("archive.sealedAt")}</dt>
          <dd>{fullWhen(record.sealed_at, locale)}</dd>
        </div>
        <div>
          <dt>{t("archive.hash")}</dt>
          <dd>
            <code>{record.chain.hash}</code>
          </dd>
        </div>
        <div>
          <dt>{t("archive.previousHash")}</dt>
          <dd>
            <code>{record.chain.previous_hash}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}
