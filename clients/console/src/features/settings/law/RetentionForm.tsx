/** How long what is archived is kept, by class. */
import type { RetentionClassSettings } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import type { Retention } from "../model.ts";
import classes from "../Settings.module.css";
import { ThingList } from "../ThingList.tsx";

/** As long as law mostly asks. */
const YEARS = 25;

export function RetentionForm({ value, errors, onChange }: FormProps<Retention>) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <FieldGroup hint={t("brandSettings.keeping.hint")}>
      <ThingList<RetentionClassSettings>
        kind="class"
        things={value.classes}
        nameOf={({ name }) => name[locale] ?? ""}
        wrong={errors.get("classes")}
        begin={(id) => ({ id, name: {}, keep_years: YEARS, keep_days: null, erase_on_request: false })}
        onChange={(next) => onChange({ classes: next })}
      >
        {(one, put) => (
          <>
            <LocalizedField
              label={t("brandSettings.name")}
              name={`classes.${one.id}.name`}
              value={one.name}
              errors={errors}
              onChange={(name) => put({ name })}
            />
            <Keep one={one} errors={errors} put={put} />
            <Checkbox
              label={t("brandSettings.keeping.onRequest")}
              checked={one.erase_on_request ?? false}
              onChange={(event) => put({ erase_on_request: event.currentTarget.checked })}
            />
          </>
        )}
      </ThingList>
    </FieldGroup>
  );
}

interface KeepProps {
  one: RetentionClassSettings;
  errors: ReadonlyMap<string, string>;
  put: (part: Partial<RetentionClassSettings>) => void;
}

/** A number and its unit; one of the two counts, so the other is none. */
function Keep({ one, errors, put }: KeepProps) {
  const { t } = useTranslation();
  const inYears = typeof one.keep_years === "number";
  const length = one.keep_years ?? one.keep_days ?? 0;
  const places = [`classes.${one.id}.keep`, `classes.${one.id}.keep_years`, `classes.${one.id}.keep_days`];
  const wrong = [...places, `classes.${one.id}`].map((place) => errors.get(place)).find((found) => found);
  const set = (next: number, years: boolean) =>
    put(years ? { keep_years: next, keep_days: null } : { keep_years: null, keep_days: next });
  return (
    <div className={classes.pair}>
      <NumberInput
        label={t("brandSettings.keeping.length")}
        value={length === 0 ? "" : length}
        error={wrong}
        required
        min={1}
        clampBehavior="none"
        allowDecimal={false}
        hideControls
        onChange={(next) => set(Number(next) || 0, inYears)}
      />
      <NativeSelect
        label={t("brandSettings.keeping.unit")}
        value={inYears ? "years" : "days"}
        onChange={(event) => set(length, event.currentTarget.value === "years")}
        data={[
          { value: "years", label: t("brandSettings.keeping.years") },
          { value: "days", label: t("brandSettings.keeping.days") },
        ]}
      />
    </div>
  );
}
