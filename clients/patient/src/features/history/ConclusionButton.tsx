/** Opens the conclusion of a consultation. */
import { usePdf } from "@consilium/kit/ui";
import { IconFileText } from "@consilium/kit/ui/icons";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session.tsx";
import css from "./ConclusionButton.module.css";

export interface ConclusionButtonProps {
  consultationId: string;
  /** One of several versions; none: the last one. */
  version?: number;
  /** Words in place of «Open the conclusion (PDF)». */
  label?: string;
  /** What tells it from its like on the same screen. */
  about?: string;
}

export function ConclusionButton({ consultationId, version, label, about }: ConclusionButtonProps) {
  const { api } = useSignedIn();
  const { t } = useTranslation("kit");
  const { open, busy, failed } = usePdf(
    useCallback(() => api.conclusions.pdf(consultationId, version), [api, consultationId, version]),
  );
  const words = label ?? t("conclusion.open");
  return (
    <div className={css.frame}>
      <button
        type="button"
        className={css.open}
        data-quiet={label !== undefined}
        aria-busy={busy}
        disabled={busy}
        aria-label={about === undefined ? undefined : `${words}: ${about}`}
        onClick={open}
      >
        <IconFileText size={24} stroke={1.75} aria-hidden />
        <span>{busy ? t("conclusion.opening") : words}</span>
      </button>
      {failed && (
        <p className={css.failed} role="alert">
          {t("conclusion.failed")}
        </p>
      )}
    </div>
  );
}
