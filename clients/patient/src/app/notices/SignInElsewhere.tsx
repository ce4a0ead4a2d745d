/** Somebody signed in as this person on another device and was given the history: said once, on every other device. */
import { useBrand, useFormats } from "@consilium/kit/brand";
import { ErrorNotice } from "@consilium/kit/ui";
import { IconPhone } from "@consilium/kit/ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import css from "../Frame.module.css";
import { queries } from "../queries.ts";
import { markSeen, unseenRelease } from "../seen.ts";
import { useSignedIn } from "../session.tsx";

export function SignInElsewhere() {
  const { t } = useTranslation();
  const { api, session } = useSignedIn();
  const { phone } = useBrand().contacts;
  const formats = useFormats();
  const [, lookAgain] = useState(0);
  const { data } = useQuery(queries.me(api));
  const releases = data?.custody?.releases;
  const release = releases === undefined ? null : unseenRelease(releases, session);
  if (release === null) return null;
  const time = formats.dayTime(release.at);
  const device = release.device_name;
  return (
    <div className={css.notice}>
      <ErrorNotice
        tone="warning"
        title={t("elsewhere.title")}
        text={device === null ? t("elsewhere.text", { time }) : t("elsewhere.textDevice", { device, time })}
        action={{
          label: t("elsewhere.mine"),
          onClick: () => {
            markSeen(session.userId, release.at);
            lookAgain((count) => count + 1);
          },
        }}
      />
      {phone !== null && (
        <a className={css.call} href={`tel:${phone}`}>
          <IconPhone size={22} stroke={1.75} aria-hidden />
          {t("elsewhere.call", { phone })}
        </a>
      )}
    </div>
  );
}
