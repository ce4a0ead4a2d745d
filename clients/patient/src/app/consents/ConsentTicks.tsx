/** What has to be agreed to before a question: each its own tick, its whole text one press away. Nothing is ticked from the start. */
import { IconFileText } from "@consilium/kit/ui/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConsentDialog } from "./ConsentDialog.tsx";
import css from "./Consents.module.css";
import type { AskedConsent } from "./model.ts";
import type { TickedConsents } from "./useConsents.ts";

interface ConsentTicksProps {
  consents: TickedConsents;
  /** For whom one agrees, where it is not oneself. */
  about?: string | null;
}

export function ConsentTicks({ consents, about = null }: ConsentTicksProps) {
  const { t } = useTranslation();
  const { asked, ticks, tick, unticked } = consents;
  if (asked.length === 0) return null;
  return (
    <fieldset className={css.ticks}>
      <legend className={css.legend}>{t("consents.before")}</legend>
      <p className={css.muted}>
        {about === null ? t("consents.beforeText") : t("consents.beforeFor", { name: about })}
      </p>
      {asked.map((consent) => (
        <Tick
          key={consent.purpose}
          consent={consent}
          isTicked={ticks.has(consent.offered.hash)}
          onTick={() => tick(consent.offered.hash)}
          isWrong={unticked.includes(consent.purpose)}
        />
      ))}
    </fieldset>
  );
}

interface TickProps {
  consent: AskedConsent;
  isTicked: boolean;
  onTick: () => void;
  isWrong: boolean;
}

function Tick({ consent, isTicked, onTick, isWrong }: TickProps) {
  const { t } = useTranslation();
  const [reads, setReads] = useState(false);
  const { purpose, required, offered } = consent;
  const id = `consent-${purpose}`;
  return (
    <div id={id} className={css.tick} data-wrong={isWrong}>
      <label className={css.label}>
        <input
          type="checkbox"
          checked={isTicked}
          onChange={onTick}
          aria-required={required}
          aria-describedby={isWrong ? `${id}-gist ${id}-error` : `${id}-gist`}
          aria-invalid={isWrong}
        />
        <span lang={offered.language}>
          {offered.title}
          {!required && ` (${t("consents.optional")})`}
        </span>
      </label>
      <p id={`${id}-gist`} className={css.gist} lang={offered.language}>
        {offered.summary}
      </p>
      {isWrong && (
        <p id={`${id}-error`} className={css.error} role="alert">
          {t("consents.tick")}
        </p>
      )}
      <button
        type="button"
        className={css.read}
        onClick={() => setReads(true)}
        aria-label={t("consents.readOf", { title: offered.title })}
      >
        <IconFileText size={22} stroke={1.75} aria-hidden />
        {t("consents.read")}
      </button>
      {reads && <ConsentDialog document={offered} onClose={() => setReads(false)} />}
    </div>
  );
}
