/** A queue: what patients see of it, when it works, how it finds its operators, what it promises, what comes after. */
import type { QueueSettings, SettingsChoices } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName, ServiceIcon } from "@consilium/kit/ui";
import { Checkbox, NativeSelect, NumberInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { HoursEditor } from "../../ui/HoursEditor.tsx";
import { ClosuresEditor } from "./ClosuresEditor.tsx";
import { FieldGroup, type FormProps, LocalizedField } from "./fields.tsx";
import { idOf } from "./model.ts";
import { AbsenceFields, AfterFields, AskedField, PromiseFields, RoutingFields } from "./QueueRules.tsx";
import classes from "./Settings.module.css";
import { WhoServes } from "./WhoServes.tsx";

interface QueueFormProps extends FormProps<QueueSettings> {
  section: string;
  choices: SettingsChoices;
}

export interface QueuePartProps extends FormProps<QueueSettings> {
  choices: SettingsChoices;
  /** The queue's id. */
  id: string;
}

export function QueueForm({ section, ...rest }: QueueFormProps) {
  const id = idOf(section);
  return (
    <>
      <SeenFields id={id} {...rest} />
      <HoursFields id={id} {...rest} />
      <RoutingFields id={id} {...rest} />
      <PromiseFields id={id} {...rest} />
      <AbsenceFields {...rest} />
      <AfterFields id={id} {...rest} />
      <WhoServes queueId={id} />
    </>
  );
}

function SeenFields({ value, errors, choices, onChange }: QueuePartProps) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const change = (part: Partial<QueueSettings>) => onChange({ ...value, ...part });
  const spoken = value.languages.length === 0 ? languages : value.languages;
  return (
    <FieldGroup title={t("brandSettings.queue.seen")}>
      <LocalizedField
        label={t("brandSettings.name")}
        name="name"
        value={value.name}
        errors={errors}
        onChange={(name) => change({ name })}
      />
      <LocalizedField
        label={t("brandSettings.queue.description")}
        name="description"
        value={value.description}
        errors={errors}
        long
        onChange={(description) => change({ description })}
      />
      <div className={classes.pair}>
        <TextInput
          label={t("brandSettings.queue.icon")}
          description={t("brandSettings.queue.iconHint")}
          leftSection={<ServiceIcon name={value.icon} size={18} />}
          value={value.icon}
          error={errors.get("icon")}
          onChange={(event) => change({ icon: event.currentTarget.value.trim() })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Price value={value} choices={choices} errors={errors} onChange={onChange} />
      </div>
      <Checkbox.Group
        label={t("brandSettings.queue.languages")}
        value={[...spoken]}
        error={errors.get("languages")}
        onChange={(chosen) => change({ languages: chosen.length === languages.length ? [] : chosen })}
      >
        <div className={classes.checks}>
          {languages.map((language) => (
            <Checkbox key={language} value={language} label={languageName(language)} />
          ))}
        </div>
      </Checkbox.Group>
      {choices.circles.length > 1 && (
        <NativeSelect
          label={t("brandSettings.queue.circle")}
          description={t("brandSettings.queue.circleHint")}
          value={value.circle}
          error={errors.get("circle")}
          onChange={(event) => change({ circle: event.currentTarget.value })}
          data={choices.circles.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <AskedField value={value} errors={errors} onChange={onChange} />
      <Switch
        label={t("brandSettings.queue.retired")}
        description={t("brandSettings.queue.retiredHint")}
        checked={value.retired}
        onChange={(event) => change({ retired: event.currentTarget.checked })}
      />
    </FieldGroup>
  );
}

/** Minor units of every currency that brands use today. */
const MINOR = 100;

function Price({ value, choices, errors, onChange }: Omit<QueuePartProps, "id">) {
  const { t } = useTranslation();
  const { price } = value;
  return (
    <NumberInput
      label={t("brandSettings.queue.price", { currency: price?.currency ?? choices.currency })}
      description={t("brandSettings.queue.priceHint")}
      value={price === null ? "" : price.amount_minor / MINOR}
      error={errors.get("price.amount_minor")}
      min={0}
      clampBehavior="none"
      decimalScale={2}
      allowNegative={false}
      hideControls
      onChange={(amount) =>
        onChange({
          ...value,
          price:
            typeof amount === "number"
              ? { currency: price?.currency ?? null, amount_minor: Math.round(amount * MINOR) }
              : null,
        })
      }
    />
  );
}

function HoursFields({ value, errors, choices, onChange }: QueuePartProps) {
  const { t } = useTranslation();
  const change = (part: Partial<QueueSettings>) => onChange({ ...value, ...part });
  return (
    <FieldGroup title={t("brandSettings.queue.hours")} hint={t("brandSettings.queue.hoursHint")}>
      <HoursEditor
        value={value.hours}
        words={{
          which: t("brandSettings.hours.which"),
          always: t("brandSettings.hours.always"),
          closed: t("brandSettings.hours.closed"),
          noTimes: t("brandSettings.hours.noTimes"),
        }}
        errorOf={(field) => errors.get(field)}
        onChange={(hours) => change({ hours })}
      />
      <div className={classes.pair}>
        <TextInput
          label={t("brandSettings.queue.timeZone")}
          description={t("brandSettings.queue.timeZoneHint", { zone: choices.time_zone })}
          placeholder={choices.time_zone}
          value={value.time_zone ?? ""}
          error={errors.get("time_zone")}
          onChange={(event) => change({ time_zone: event.currentTarget.value.trim() || null })}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Checkbox
        label={t("brandSettings.queue.keepsHolidays")}
        checked={value.keeps_holidays}
        onChange={(event) => change({ keeps_holidays: event.currentTarget.checked })}
      />
      <h4 className={classes.small}>{t("brandSettings.queue.closures")}</h4>
      <ClosuresEditor value={value.closures} errors={errors} onChange={(closures) => change({ closures })} />
    </FieldGroup>
  );
}
