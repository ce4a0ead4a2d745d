/** Keeping a document on this device, and letting it go. */
import { useFormats } from "@consilium/kit/brand";
import { IconCircleCheck, IconDeviceMobileDown } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import css from "./DocumentRow.module.css";
import type { Keeping } from "./useDocuments.ts";

export interface KeepProps {
  name: string;
  /** What it takes on this device; `null`: it is not kept. */
  keptBytes: number | null;
  /** It is being put on this device, or could not be. */
  keeping: Keeping | null;
  onKeep: () => void;
  onLetGo: () => void;
}

export function Keep({ name, keptBytes, keeping, onKeep, onLetGo }: KeepProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (keptBytes !== null) {
    return (
      <div className={css.keep}>
        <span className={css.kept} role="status">
          <IconCircleCheck size={22} stroke={1.75} aria-hidden />
          {t("documents.kept", { size: formats.fileSize(keptBytes) })}
        </span>
        <button
          type="button"
          className={css.textButton}
          aria-label={t("documents.letGoNamed", { name })}
          onClick={onLetGo}
        >
          {t("documents.letGo")}
        </button>
      </div>
    );
  }
  if (keeping?.status === "running") {
    return (
      <div className={css.keep}>
        <span className={css.keeping} role="status">
          {t("documents.keeping", { percent: Math.round(keeping.part * 100) })}
        </span>
      </div>
    );
  }
  return (
    <div className={css.keep}>
      <button
        type="button"
        className={css.textButton}
        aria-label={t("documents.keepNamed", { name })}
        onClick={onKeep}
      >
        <IconDeviceMobileDown size={22} stroke={1.75} aria-hidden />
        {t("documents.keep")}
      </button>
      {keeping !== null && (
        <span className={css.failed} role="alert">
          {t(keeping.status === "full" ? "documents.keepFull" : "documents.keepFailed")}
        </span>
      )}
    </div>
  );
}
