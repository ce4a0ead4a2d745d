/** «A new version is ready»: on quiet screens only, never in a call, and only when the person says so. */
import type { CallPlace } from "@consilium/kit/calls";
import { Cell } from "@consilium/kit/matrix";
import { ErrorNotice, useReadable } from "@consilium/kit/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useCalls } from "../calls.tsx";
import css from "../Frame.module.css";
import { isSafePlace, takeVersion, waitingVersion, watchVersions } from "./update.ts";

const NO_CALL = new Cell<CallPlace | null>(null);

export function UpdateNotice() {
  const { t } = useTranslation();
  const { calls } = useCalls();
  const [path] = useLocation();
  const version = useReadable(waitingVersion);
  const place = useReadable(calls?.place ?? NO_CALL);
  const [taking, setTaking] = useState(false);
  useEffect(() => ("serviceWorker" in navigator ? watchVersions(navigator.serviceWorker) : undefined), []);
  if (version === null || place !== null || !isSafePlace(path)) return null;
  return (
    <div className={css.notice}>
      <ErrorNotice
        tone="info"
        title={t("update.title")}
        text={t("update.text")}
        action={{
          label: t("update.take"),
          loading: taking,
          onClick: () => {
            setTaking(true);
            takeVersion(version, navigator.serviceWorker);
          },
        }}
      />
    </div>
  );
}
