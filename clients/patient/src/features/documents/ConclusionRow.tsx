/** One conclusion: opened, saved, kept on this device, and the way to its consultation. */
import { useFormats } from "@consilium/kit/brand";
import { saveBlob, usePdf } from "@consilium/kit/ui";
import { IconDownload, IconFileText } from "@consilium/kit/ui/icons";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../../app/paths.ts";
import css from "./DocumentRow.module.css";
import { Keep, type KeepProps } from "./Keep.tsx";
import type { FoundConclusion } from "./model.ts";
import type { ConclusionsScreen } from "./useConclusions.ts";

export interface ConclusionRowProps extends Omit<KeepProps, "name"> {
  found: FoundConclusion;
  startsMonth: boolean;
  endsMonth: boolean;
  pdf: ConclusionsScreen["pdf"];
}

export function ConclusionRow({ found, startsMonth, endsMonth, pdf, ...keep }: ConclusionRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { conclusion, name, sender, service, person, at } = found;
  const load = useCallback(() => pdf(conclusion), [pdf, conclusion]);
  const shown = usePdf(load);
  const saved = usePdf(load, giveFile);
  return (
    <article
      className={css.row}
      data-starts-month={startsMonth}
      data-ends-month={endsMonth}
      aria-label={name}
    >
      <button
        type="button"
        className={css.open}
        aria-busy={shown.busy}
        onClick={() => !shown.busy && shown.open()}
      >
        <span className={css.preview}>
          <IconFileText size={28} stroke={1.75} aria-hidden />
        </span>
        <span className={css.words}>
          <strong className={css.name}>{name}</strong>
          <span>{[sender, service, person?.name].filter(Boolean).join(" · ")}</span>
          <span className={css.facts}>
            <time dateTime={new Date(at).toISOString()}>{formats.dayTime(at)}</time>
            {conclusion.version > 1 && <span>{t("documents.amended")}</span>}
          </span>
          {(shown.failed || saved.failed) && <span className={css.failed}>{t("documents.notOpened")}</span>}
          <span className="unseen">{t("documents.look")}</span>
        </span>
      </button>
      <div className={css.keep}>
        <Link
          className={css.textButton}
          href={
            conclusion.isOver
              ? paths.record(conclusion.consultationId)
              : paths.conversation(conclusion.conversationId)
          }
        >
          {t("documents.ofConsultation", { day: formats.date(conclusion.askedAt) })}
        </Link>
        <button
          type="button"
          className={css.textButton}
          aria-label={t("documents.saveNamed", { name })}
          aria-busy={saved.busy}
          onClick={() => !saved.busy && saved.open()}
        >
          <IconDownload size={22} stroke={1.75} aria-hidden />
          {t("documents.save")}
        </button>
      </div>
      <Keep name={name} {...keep} />
    </article>
  );
}

const giveFile = ({ blob, name }: { blob: Blob; name: string }) => saveBlob(blob, name);
