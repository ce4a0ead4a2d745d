/** A conclusion in the conversation: that it is there, and the way to open it. */
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import type { ConclusionItem } from "../matrix/types.ts";
import css from "./ConclusionLine.module.css";
import { IconFileText } from "./icons.ts";

export interface ConclusionLineProps {
  item: ConclusionItem;
  /** Opens the document; none where the reader has no way to it. */
  onOpen?: () => void;
  /** It is on its way. */
  busy?: boolean;
  /** It did not come. */
  failed?: boolean;
}

export function ConclusionLine({ item, onOpen, busy = false, failed = false }: ConclusionLineProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  return (
    <div className={css.line}>
      <p className={css.words}>
        <IconFileText size={24} stroke={1.75} aria-hidden />
        <span>{t(`conclusion.line.${item.step}`)}</span>
        <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
      </p>
      {onOpen !== undefined && (
        <button type="button" className={css.open} aria-busy={busy} disabled={busy} onClick={onOpen}>
          {t(busy ? "conclusion.opening" : "conclusion.open")}
        </button>
      )}
      {failed && (
        <p className={css.failed} role="alert">
          {t("conclusion.failed")}
        </p>
      )}
    </div>
  );
}
