/** What is left of an erased record: that it was erased, when, by whom, why; for supervisors its certificate, to read and to keep. */
import type { ErasureCertificate } from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { IconDownload, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { BackToList } from "../../ui/BackToList.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Nothing } from "../../ui/Loadable.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { certificateFile, filesGone } from "./model.ts";
import classes from "./Retention.module.css";
import { CERTIFICATE_KEY } from "./useRetention.ts";

export function ErasedRecord({ id }: { id: string }) {
  const { t } = useTranslation();
  const { me, api } = useConsole();
  const isSupervisor = me.role === "supervisor";
  const answer = useQuery({
    queryKey: [CERTIFICATE_KEY, id],
    queryFn: () => api.retention.certificate(id),
    enabled: isSupervisor,
  });
  if (!isSupervisor)
    return (
      <Nothing
        icon={<IconTrash size={36} stroke={1.5} />}
        title={t("retention.erasedTitle")}
        text={t("retention.erasedText")}
      />
    );
  return (
    <Loaded answer={answer} rows={6} rowHeight={40}>
      {(certificate) => <Certificate certificate={certificate} />}
    </Loaded>
  );
}

function Certificate({ certificate }: { certificate: ErasureCertificate }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const { date } = useFormats();
  const { erased, records, counts, remains, queue, proof } = certificate;
  const gone = filesGone(certificate);
  return (
    <section className={classes.certificate} aria-label={t("retention.certificate")}>
      <header className={classes.certificateHead}>
        <BackToList />
        <div>
          <h2>{t("retention.erasedTitle")}</h2>
          <p>
            {queue.name}, {date(certificate.requested_at)}
          </p>
        </div>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.75} />}
          onClick={() => keep(certificate)}
        >
          {t("retention.download")}
        </Button>
      </header>
      <Facts
        facts={[
          { name: t("retention.erasedAt"), value: fullWhen(erased.at, locale) },
          {
            name: t("retention.erasedBy"),
            value: byWhom(erased, t),
          },
          {
            name: t("retention.reason"),
            value:
              erased.reason ??
              t(erased.cause === "account_deleted" ? "retention.accountDeleted" : "retention.timeOver"),
          },
          {
            name: t("retention.destroyed"),
            value: t("retention.destroyedRecords", { count: records.length }),
          },
          {
            name: t("retention.files"),
            value: gone === null ? t("retention.filesUnknown") : t("retention.filesGone", gone),
          },
          {
            name: t("retention.alsoGone"),
            value: [
              t("retention.notes", { count: counts.notes }),
              t("retention.conclusions", { count: counts.conclusions }),
              t("retention.calls", { count: counts.calls }),
              t("retention.tags", { count: counts.tags }),
              t("retention.comments", { count: counts.comments }),
              t("retention.answers", { count: counts.answers }),
              t("retention.fields", { count: counts.fields }),
              t("retention.followUps", { count: counts.follow_ups }),
            ].join(", "),
          },
        ]}
      />
      <h3>{t("retention.remains")}</h3>
      <ul className={classes.remains}>
        {remains.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h3>{t("retention.proof")}</h3>
      <p className={classes.muted}>
        {t(proof.chain.signature_valid ? "retention.proofHolds" : "retention.proofBroken")}
      </p>
      <Facts
        facts={[
          { name: t("retention.tombstone"), value: String(proof.chain.sequence) },
          { name: t("archive.hash"), value: <code className={classes.hash}>{proof.chain.hash}</code> },
          ...records.map(({ sequence, hash }) => ({
            name: t("retention.destroyedHash", { sequence }),
            value: <code className={classes.hash}>{hash}</code>,
          })),
        ]}
      />
    </section>
  );
}

/** The name of the supervisor; the service where the time was over, the patient where he deleted his account. */
function byWhom({ cause, by }: ErasureCertificate["erased"], t: TFunction): string {
  if (cause === "due") return t("retention.byService");
  return by === "" ? t("retention.byPatient") : by;
}

/** Hands the certificate to the browser as a file. */
function keep(certificate: ErasureCertificate): void {
  const { name, text } = certificateFile(certificate);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
