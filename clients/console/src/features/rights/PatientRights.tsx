/** On a patient’s card: the copy of everything, the end of his account, and when it has come what was promised and what stays. */
import type { Deletion } from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { saveBlob } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconDownload, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./Rights.module.css";
import { Stays } from "./Stays.tsx";
import { useDeletion } from "./useRights.ts";

export function PatientRights({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { data } = useDeletion(patientId);
  if (me.role !== "supervisor" || data === undefined) return null;
  return (
    <section className={classes.panel} aria-label={t("rights.title")}>
      <h3>{t("rights.title")}</h3>
      {data.deleted_at === null ? (
        <Acts patientId={patientId} />
      ) : (
        <Deleted deletion={data} at={data.deleted_at} />
      )}
    </section>
  );
}

function Acts({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { dialog } = useDesk();
  const copying = useMutation({
    mutationFn: async () => {
      const { blob, name } = await api.rights.copyOf(patientId);
      saveBlob(blob, name);
    },
  });
  return (
    <>
      <p className={classes.muted}>{t("rights.text")}</p>
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconDownload size={16} stroke={1.75} />}
          loading={copying.isPending}
          onClick={() => copying.mutate()}
        >
          {t("rights.copy")}
        </Button>
        <Button
          variant="default"
          size="sm"
          className={classes.danger}
          leftSection={<IconTrash size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "delete-account", patientId })}
        >
          {t("rights.delete")}
        </Button>
      </div>
      <p role="status" className={classes.muted}>
        {copying.isSuccess && t("rights.copied")}
      </p>
      <Refusal error={copying.error} />
    </>
  );
}

function Deleted({ deletion, at }: { deletion: Deletion; at: string }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { date } = useFormats();
  const { deleted_by: by, reason, finished_at, receipt } = deletion;
  return (
    <>
      <p className={classes.words}>
        {by === null
          ? t("rights.deletedByPatient", { when: fullWhen(at, region) })
          : t("rights.deletedBy", { when: fullWhen(at, region), name: by.name })}
      </p>
      {reason !== null && <p className={classes.words}>{t("rights.reasonWas", { reason })}</p>}
      <p className={classes.muted}>
        {finished_at === null ? t("rights.underWay") : t("rights.finished", { when: date(finished_at) })}
      </p>
      <Stays deletion={deletion} />
      {receipt !== null && (
        <Button
          variant="default"
          size="sm"
          className={classes.act}
          leftSection={<IconDownload size={16} stroke={1.75} />}
          onClick={() =>
            saveBlob(new Blob([receipt.html], { type: "text/html" }), `receipt-${receipt.number}.html`)
          }
        >
          {t("rights.receipt")}
        </Button>
      )}
    </>
  );
}
