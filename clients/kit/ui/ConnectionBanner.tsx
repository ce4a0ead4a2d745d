/** One quiet line while the network is away; it says that nothing is lost. Nothing at all in good times. */
import { useTranslation } from "react-i18next";
import css from "./ConnectionBanner.module.css";
import { IconCloudOff } from "./icons.ts";
import type { ConnectionBannerProps } from "./props.ts";

export function ConnectionBanner({ state, onRetry }: ConnectionBannerProps) {
  const { t } = useTranslation("kit");
  return (
    <div role="status" className={css.frame}>
      {state === "offline" && (
        <div className={css.banner}>
          <IconCloudOff size={20} stroke={1.75} aria-hidden />
          <span className={css.words}>{t("connection.offline")}</span>
          <button type="button" className={css.retry} onClick={onRetry}>
            {t("connection.retry")}
          </button>
        </div>
      )}
    </div>
  );
}
