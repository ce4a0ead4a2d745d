/** The files of all sealed consultations on a patient's card, by consultation. What they are called stands in the sealed record: seeing it is a reading of it, and recorded. */
import type { ArchiveRow } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CARD_PAGE, CardList, CardRow } from "../../ui/CardList.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { Files } from "./ArchiveRecordView.tsx";
import classes from "./PatientFiles.module.css";

export function PatientFiles({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const list = useAllPages<ArchiveRow>(
    ["archive", "files", patientId],
    (cursor) => api.archive({ patient: patientId, files: true, limit: CARD_PAGE, cursor }),
    { eager: false, limit: CARD_PAGE },
  );
  return (
    <CardList
      title={t("patients.files")}
      list={list}
      nothing={t("patients.noFiles")}
      hint={t("patients.filesHint")}
    >
      {(row) => (
        <li key={row.consultation.id}>
          <FilesOfConsultation row={row} />
        </li>
      )}
    </CardList>
  );
}

function FilesOfConsultation({ row }: { row: ArchiveRow }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { consultation, file_count: count, erased } = row;
  const about = [t("patients.filesOf", { count }), consultation.participants[0]?.name].filter(Boolean);
  return (
    <>
      <CardRow
        title={consultation.queue.name}
        at={consultation.ended_at ?? row.sealed_at}
        also={erased === null ? about.join(" · ") : t("patients.filesErased")}
      />
      {erased === null && !opened && (
        <Button
          size="compact-sm"
          variant="default"
          className={classes.show}
          aria-label={t("patients.showFilesOf", { service: consultation.queue.name })}
          onClick={() => setOpened(true)}
        >
          {t("patients.showFiles")}
        </Button>
      )}
      {opened && <FilesOfRecord id={consultation.id} />}
    </>
  );
}

/** The record as the archive opens it, asked for once. */
function FilesOfRecord({ id }: { id: string }) {
  const { api } = useConsole();
  const answer = useQuery({
    queryKey: ["archive-record", id],
    queryFn: () => api.archiveRecord(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded answer={answer} rows={1} rowHeight={48}>
      {({ files }) => <Files files={files} />}
    </Loaded>
  );
}
