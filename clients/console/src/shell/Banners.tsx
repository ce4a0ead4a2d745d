/** Lines over the whole desk: no connection, a list that could not be loaded, sounds that may not be made yet. What asks for something stands in a file of its own. */
import { ConnectionBanner } from "@consilium/kit/ui";
import { missingParts } from "@consilium/kit/ui/parts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttention } from "../attention/AttentionContext.tsx";
import { IconAlertTriangle, IconBell, IconShieldX, IconVolumeOff } from "../icons.ts";
import { useDeskState, useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./Desk.module.css";
import { Lines } from "./parts.tsx";
import { SoundStep } from "./SoundStep.tsx";

export function Banners() {
  const { t } = useTranslation();
  const { engine, desk } = useConsole();
  const connection = useReadable(engine.connection);
  const stream = useReadable(desk.connection);
  const state = useDeskState();
  const keeper = useReadable(engine.keeper);
  const { blocked, attention } = useAttention();
  const retry = () => {
    engine.retryNow();
    desk.nudge();
  };
  return (
    <div className={classes.banners}>
      {keeper === "mismatch" && (
        <p className={classes.banner} data-tone="danger" role="alert">
          <IconShieldX size={18} stroke={1.75} aria-hidden />
          <span>{t("banner.keeper")}</span>
        </p>
      )}
      <ConnectionBanner state={stream === "waiting" ? "offline" : connection} onRetry={retry} />
      {state.status === "failed" && state.board.rows.size > 0 && (
        <p className={classes.banner} data-tone="warning" role="alert">
          <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
          <span>{t("banner.stale")}</span>
          <Button size="compact-sm" variant="default" onClick={() => void desk.reload()}>
            {t("tryAgain")}
          </Button>
        </p>
      )}
      <Missing />
      <Lines />
      <SoundStep />
      <AskForNotifications />
      {blocked && attention.waiting.size + attention.mine.size + attention.alarms.size > 0 && (
        <p className={classes.banner} data-tone="info">
          <IconVolumeOff size={18} stroke={1.75} aria-hidden />
          <span>{t("banner.silent")}</span>
        </p>
      )}
    </div>
  );
}

/** Parts that did not come and have no place to say so: dialogs, menus, the lines below. */
function Missing() {
  const { t } = useTranslation();
  const missing = useReadable(missingParts);
  if (missing.size === 0) return null;
  const again = () => {
    for (const ask of missing) void ask().catch(() => undefined);
  };
  return (
    <p className={classes.banner} data-tone="warning" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{t("banner.missing")}</span>
      <Button size="compact-sm" variant="default" onClick={again}>
        {t("tryAgain")}
      </Button>
    </p>
  );
}

/** Asked in words first: the browser asks only once, and only after a press. */
function AskForNotifications() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { notifications } = useReadable(prefs.prefs);
  const [permission, setPermission] = useState(() =>
    typeof Notification === "undefined" ? "denied" : Notification.permission,
  );
  if (!notifications || permission !== "default") return null;
  return (
    <p className={classes.banner} data-tone="info">
      <IconBell size={18} stroke={1.75} aria-hidden />
      <span>{t("banner.notifications")}</span>
      <span className={classes.bannerButtons}>
        <Button size="compact-sm" onClick={() => void Notification.requestPermission().then(setPermission)}>
          {t("banner.allow")}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => prefs.change({ notifications: false })}
        >
          {t("banner.notNow")}
        </Button>
      </span>
    </p>
  );
}
