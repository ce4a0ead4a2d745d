/** Where the patient is signed in, and signing out what was lost. */
import { SignInPlaces } from "@consilium/kit/sign-ins";
import { useTranslation } from "react-i18next";
import css from "./ProfileView.module.css";

export function SignIns() {
  const { t } = useTranslation();
  return (
    <section className={css.card} aria-labelledby="sign-ins">
      <div>
        <h2 id="sign-ins" className={css.heading}>
          {t("profile.signIns")}
        </h2>
        <p className={css.muted}>{t("profile.signInsText")}</p>
      </div>
      <SignInPlaces />
    </section>
  );
}
