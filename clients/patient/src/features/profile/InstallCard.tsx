/** «On your home screen»: where the browser offers it, or how it is done where one does it by hand. Nothing where it is there already. */
import { useReadable } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { installOffer } from "../../app/install.ts";
import css from "./ProfileView.module.css";

export function InstallCard() {
  const { t } = useTranslation();
  const offer = useReadable(installOffer);
  const byHand = isAppleTouch(navigator) && !isInstalled();
  if (offer === null && !byHand) return null;
  const install = async () => {
    await offer?.prompt();
    // An offer can be taken or refused once.
    installOffer.set(null);
  };
  return (
    <section className={css.card} aria-labelledby="install">
      <div>
        <h2 id="install" className={css.heading}>
          {t("install.title")}
        </h2>
        <p className={css.muted}>{t("install.text")}</p>
      </div>
      {offer === null ? (
        <p>{t("install.ios")}</p>
      ) : (
        <Button variant="default" onClick={() => void install()}>
          {t("install.act")}
        </Button>
      )}
    </section>
  );
}

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

/** iPhone and iPad; a newer iPad calls itself a Mac, and no Mac has a touch screen. */
export function isAppleTouch({
  userAgent,
  maxTouchPoints,
}: Pick<Navigator, "userAgent" | "maxTouchPoints">): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}
