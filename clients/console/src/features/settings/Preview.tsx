/** How a change would do: which fields it changes, and for a queue when it would work in the next two weeks. */
import type { QueueHours, SettingsChecked } from "@consilium/kit/api";
import { useFormats, useRegion, weekday } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Differences } from "./Differences.tsx";
import { Effects } from "./law/Effects.tsx";
import type { ThingNames } from "./names.ts";
import classes from "./Settings.module.css";

interface PreviewProps {
  tried: SettingsChecked;
  names: ThingNames;
  onClose: () => void;
}

export function Preview({ tried, names, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.focus();
  }, []);
  return (
    <section ref={box} tabIndex={-1} className={classes.preview} aria-label={t("brandSettings.previewTitle")}>
      <div className={classes.previewHead}>
        <h3>{t("brandSettings.previewTitle")}</h3>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t("brandSettings.hidePreview")}
        </Button>
      </div>
      {tried.differences.length === 0 && <p className={classes.muted}>{t("brandSettings.noDifference")}</p>}
      <Differences differences={tried.differences} names={names} />
      <Effects effects={tried.effects} />
      {tried.hours !== null && <Fortnight hours={tried.hours} />}
    </section>
  );
}

function Fortnight({ hours }: { hours: QueueHours }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { time } = useFormats();
  const at = (start: string) => time(start, hours.time_zone);
  return (
    <table className={classes.fortnight}>
      <caption>{t("brandSettings.fortnight", { zone: hours.time_zone })}</caption>
      <tbody>
        {hours.days.map(({ date, times, holiday, closures }) => (
          <tr key={date} data-closed={times.length === 0}>
            <th scope="row">{weekday(date, region)}</th>
            <td>
              {times.length === 0
                ? t("brandSettings.hours.closed")
                : times.map(({ start, end }) => `${at(start)}–${at(end)}`).join(", ")}
            </td>
            <td className={classes.muted}>
              {[holiday, ...closures.map(({ reason }) => reason ?? t("brandSettings.closed"))]
                .filter((why) => why !== null)
                .join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
