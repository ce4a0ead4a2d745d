/** What one agreed to for himself. */
import { useTranslation } from "react-i18next";
import { ConsentItems } from "../../app/consents/ConsentItems.tsx";
import { useConsents } from "../../app/consents/useConsents.ts";
import css from "./ProfileView.module.css";

export function Consents() {
  const { t } = useTranslation();
  const { consents } = useConsents();
  if (consents.length === 0) return null;
  return (
    <section className={css.card} aria-labelledby="consents">
      <div>
        <h2 id="consents" className={css.heading}>
          {t("consents.title")}
        </h2>
        <p className={css.muted}>{t("consents.text")}</p>
      </div>
      <ConsentItems />
    </section>
  );
}
