/** When to be called: as soon as possible, or a day and a part of it in which the queue works. Two taps, no typing. */
import type { WorkingHours } from "@consilium/kit/api";
import { ownZone, sameClock, useBrand, useFormats, useRegion, weekday } from "@consilium/kit/brand";
import { ChoiceGroup } from "@consilium/kit/ui";
import { useTranslation } from "react-i18next";
import ground from "../../app/Ground.module.css";
import css from "./Callback.module.css";
import { daysFrom, type Part, partsOf, SOON, type Wish } from "./model.ts";

export interface WhenFieldsProps {
  wish: Wish;
  onChange: (wish: Wish) => void;
  error: string | null;
  /** Of the queue; `undefined`: not known. */
  hours: WorkingHours | undefined;
  /** Named already by what is around it. */
  labelVisible?: boolean;
}

export function WhenFields({ wish, onChange, error, hours, labelVisible = true }: WhenFieldsProps) {
  const { t } = useTranslation();
  const zone = ownZone();
  const now = Date.now();
  const days = daysFrom(now, zone, hours);
  const choose = (day: string) => {
    const still = partsOf(day, now, zone, hours).some(({ id }) => id === wish.part);
    onChange({ day, part: still ? wish.part : null });
  };
  return (
    <div className={css.when}>
      <ChoiceGroup
        label={t("callback.order.when")}
        labelVisible={labelVisible}
        choices={[
          { value: "soon", label: t("callback.order.soon") },
          ...(days.length === 0 ? [] : [{ value: "window" as const, label: t("callback.order.choose") }]),
        ]}
        value={wish.day === null ? "soon" : "window"}
        onChange={(value) => (value === "soon" ? onChange(SOON) : choose(days[0] ?? ""))}
      />
      {wish.day === null && <OpensLine hours={hours} />}
      {wish.day !== null && (
        <>
          <Days days={days} chosen={wish.day} onChoose={choose} />
          <Parts wish={wish} parts={partsOf(wish.day, now, zone, hours)} onChange={onChange} />
          <ZoneLine zone={zone} clinic={hours?.time_zone} />
        </>
      )}
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Days({
  days,
  chosen,
  onChoose,
}: {
  days: readonly string[];
  chosen: string;
  onChoose: (day: string) => void;
}) {
  const { t } = useTranslation();
  const region = useRegion();
  const formats = useFormats();
  const today = daysFrom(Date.now(), ownZone());
  const label = (day: string, place: number) => {
    const at = new Date(`${day}T12:00:00`).getTime();
    return capital(place < 2 && today.includes(day) ? formats.day(at) : weekday(day, region));
  };
  return (
    <ChoiceGroup
      label={t("callback.order.day")}
      choices={days.map((day, place) => ({ value: day, label: label(day, place) }))}
      value={chosen}
      onChange={onChoose}
    />
  );
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function Parts({
  wish,
  parts,
  onChange,
}: {
  wish: Wish;
  parts: readonly Part[];
  onChange: (wish: Wish) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const hour = (clock: string) =>
    formats.time(new Date(2026, 0, 15, Number(clock.slice(0, 2)), Number(clock.slice(3))));
  return (
    <ChoiceGroup
      label={t("callback.order.part")}
      choices={parts.map(({ id, from, to }) => ({ value: id, label: `${hour(from)}–${hour(to)}` }))}
      value={wish.part}
      onChange={(part) => onChange({ ...wish, part })}
    />
  );
}

/** Who wants to be called at once has to know that nobody works now. */
function OpensLine({ hours }: { hours: WorkingHours | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (hours === undefined || hours.open || hours.opens_at === null) return null;
  return (
    <p className={ground.muted}>
      {t("callback.order.opens", { when: formats.dayTime(hours.opens_at, ownZone()) })}
    </p>
  );
}

/** Only where the clinic's clock shows something else. */
function ZoneLine({ zone, clinic: told }: { zone: string; clinic: string | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { time_zone: brands } = useBrand();
  const clinic = told ?? brands;
  if (sameClock(zone, clinic, Date.now())) return null;
  return (
    <p className={ground.muted}>
      {t("callback.order.zone", { zone: formats.zone(zone), clinic: formats.zone(clinic) })}
    </p>
  );
}
