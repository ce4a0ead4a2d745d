/** What a queue asks, how what waits in it finds its operator, what is promised to it, what comes after the talk. */
import type { QueueSettings, SettingsKind } from "@consilium/kit/api";
import { Checkbox, MultiSelect, NativeSelect, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFieldDefinitions } from "../../live/fields.ts";
import { useBoard } from "../../live/hooks.ts";
import { FieldGroup, NumberField } from "./fields.tsx";
import { idOf } from "./model.ts";
import { PriorityEditor } from "./PriorityEditor.tsx";
import type { QueuePartProps } from "./QueueForm.tsx";
import classes from "./Settings.module.css";
import { useSettingsList } from "./useSettings.ts";

type Routing = QueueSettings["routing"];

const STRATEGIES: readonly Routing["strategy"][] = ["manual", "round_robin", "least_loaded"];
const NEEDS = ["off", "optional", "required"] as const;
const ON_LEAVE: readonly QueueSettings["on_leave"][] = ["finish", "back_to_queue", "colleague"];

export function RoutingFields({ value, errors, id, onChange }: QueuePartProps) {
  const { t } = useTranslation();
  const { routing } = value;
  const change = (part: Partial<QueueSettings>) => onChange({ ...value, ...part });
  const route = (part: Partial<Routing>) => change({ routing: { ...routing, ...part } });
  const isRouted = routing.strategy !== "manual";
  return (
    <FieldGroup title={t("brandSettings.queue.waiting")}>
      <NativeSelect
        label={t("brandSettings.routing.strategy")}
        value={routing.strategy}
        onChange={(event) => {
          const strategy = STRATEGIES.find((known) => known === event.currentTarget.value);
          if (strategy !== undefined) route({ strategy });
        }}
        data={STRATEGIES.map((strategy) => ({
          value: strategy,
          label: t(`brandSettings.strategy.${strategy}`),
        }))}
      />
      {isRouted && <OfferFields routing={routing} errors={errors} onChange={route} />}
      <div className={classes.numbers}>
        <NumberField
          label={t("brandSettings.queue.priority")}
          description={t("brandSettings.queue.priorityHint")}
          name="priority"
          value={value.priority}
          errors={errors}
          max={100}
          onChange={(priority) => change({ priority: priority ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.queue.capacity")}
          description={t("brandSettings.queue.capacityHint")}
          name="capacity"
          value={value.capacity}
          errors={errors}
          onChange={(capacity) => change({ capacity: capacity ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.queue.abandon")}
          description={t("brandSettings.queue.abandonHint")}
          name="abandon_after_minutes"
          value={value.abandon_after_minutes}
          errors={errors}
          onChange={(minutes) => change({ abandon_after_minutes: minutes ?? 0 })}
        />
      </div>
      <OverflowFields id={id} routing={routing} errors={errors} onChange={route} />
    </FieldGroup>
  );
}

/** How long somebody may be gone, and what becomes of what he leads who goes. */
export function AbsenceFields({
  value,
  errors,
  onChange,
}: Pick<QueuePartProps, "value" | "errors" | "onChange">) {
  const { t } = useTranslation();
  const change = (part: Partial<QueueSettings>) => onChange({ ...value, ...part });
  return (
    <FieldGroup title={t("brandSettings.queue.absence")}>
      <NativeSelect
        label={t("brandSettings.queue.onLeave")}
        value={value.on_leave}
        onChange={(event) => {
          const rule = ON_LEAVE.find((known) => known === event.currentTarget.value);
          if (rule !== undefined) change({ on_leave: rule });
        }}
        data={ON_LEAVE.map((rule) => ({ value: rule, label: t(`brandSettings.onLeave.${rule}`) }))}
      />
      <div className={classes.numbers}>
        <NumberField
          label={t("brandSettings.queue.returnAfter")}
          description={t("brandSettings.queue.returnAfterHint")}
          name="return_after_minutes"
          value={value.return_after_minutes}
          errors={errors}
          max={1440}
          onChange={(minutes) => change({ return_after_minutes: minutes ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.queue.silentClose")}
          description={t("brandSettings.queue.silentCloseHint")}
          name="silent_close_minutes"
          value={value.silent_close_minutes}
          errors={errors}
          max={43200}
          optional
          onChange={(minutes) => change({ silent_close_minutes: minutes })}
        />
      </div>
    </FieldGroup>
  );
}

interface RoutingPartProps {
  routing: Routing;
  errors: ReadonlyMap<string, string>;
  onChange: (part: Partial<Routing>) => void;
}

function OfferFields({ routing, errors, onChange }: RoutingPartProps) {
  const { t } = useTranslation();
  const board = useBoard();
  const skills = [...new Set([...board.operators.values()].flatMap((operator) => operator.skills))].sort();
  return (
    <>
      <div className={classes.numbers}>
        <NumberField
          label={t("brandSettings.routing.offer")}
          name="routing.offer_seconds"
          value={routing.offer_seconds}
          errors={errors}
          onChange={(seconds) => onChange({ offer_seconds: seconds ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.routing.askAgain")}
          name="routing.ask_again_seconds"
          value={routing.ask_again_seconds}
          errors={errors}
          onChange={(seconds) => onChange({ ask_again_seconds: seconds ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.routing.wrapUp")}
          name="routing.wrap_up_seconds"
          value={routing.wrap_up_seconds}
          errors={errors}
          onChange={(seconds) => onChange({ wrap_up_seconds: seconds ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.routing.weight")}
          description={t("brandSettings.routing.weightHint")}
          name="routing.weight"
          value={routing.weight}
          errors={errors}
          onChange={(weight) => onChange({ weight: weight ?? 0 })}
        />
        <NumberField
          label={t("brandSettings.routing.idleWeight")}
          description={t("brandSettings.routing.idleWeightHint")}
          name="routing.idle_weight"
          value={routing.idle_weight}
          errors={errors}
          optional
          onChange={(weight) => onChange({ idle_weight: weight })}
        />
      </div>
      <TagsInput
        label={t("brandSettings.routing.skills")}
        description={t("brandSettings.routing.skillsHint")}
        data={skills}
        value={[...routing.skills]}
        onChange={(next) => onChange({ skills: next })}
      />
      <Checkbox
        label={t("brandSettings.routing.byLanguage")}
        checked={routing.by_language}
        onChange={(event) => onChange({ by_language: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("brandSettings.routing.sticky")}
        checked={routing.sticky}
        onChange={(event) => onChange({ sticky: event.currentTarget.checked })}
      />
    </>
  );
}

function OverflowFields({ id, routing, errors, onChange }: RoutingPartProps & { id: string }) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const own = queues.get(id);
  const others = [...queues.values()].filter((queue) => queue.id !== id && queue.circle === own?.circle);
  const { overflow } = routing;
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t("brandSettings.routing.overflow")}
        description={t("brandSettings.routing.overflowHint")}
        value={overflow?.queue ?? ""}
        error={errors.get("routing.overflow.queue")}
        onChange={(event) => {
          const queue = event.currentTarget.value;
          const after = overflow?.after_minutes ?? 10;
          onChange({ overflow: queue === "" ? null : { queue, after_minutes: after } });
        }}
        data={[
          { value: "", label: t("brandSettings.nobody") },
          ...others.map((queue) => ({ value: queue.id, label: queue.name })),
        ]}
      />
      {overflow !== null && (
        <NumberField
          label={t("brandSettings.routing.overflowAfter")}
          name="routing.overflow.after_minutes"
          value={overflow.after_minutes}
          errors={errors}
          onChange={(minutes) => onChange({ overflow: { ...overflow, after_minutes: minutes ?? 0 } })}
        />
      )}
    </div>
  );
}

export function PromiseFields({ value, errors, onChange }: QueuePartProps) {
  const { t } = useTranslation();
  const { sla, callback } = value;
  const promise = (part: Partial<typeof sla>) => onChange({ ...value, sla: { ...sla, ...part } });
  const call = (part: Partial<typeof callback>) => onChange({ ...value, callback: { ...callback, ...part } });
  return (
    <>
      <FieldGroup title={t("brandSettings.queue.promises")} hint={t("brandSettings.queue.promisesHint")}>
        <div className={classes.numbers}>
          <NumberField
            label={t("brandSettings.sla.wait")}
            name="sla.wait_minutes"
            value={sla.wait_minutes}
            errors={errors}
            optional
            onChange={(minutes) => promise({ wait_minutes: minutes })}
          />
          <NumberField
            label={t("brandSettings.sla.response")}
            name="sla.first_response_minutes"
            value={sla.first_response_minutes}
            errors={errors}
            optional
            onChange={(minutes) => promise({ first_response_minutes: minutes })}
          />
          <NumberField
            label={t("brandSettings.sla.resolution")}
            name="sla.resolution_minutes"
            value={sla.resolution_minutes}
            errors={errors}
            optional
            onChange={(minutes) => promise({ resolution_minutes: minutes })}
          />
          <NumberField
            label={t("brandSettings.sla.warn")}
            name="sla.warn_percent"
            value={sla.warn_percent}
            errors={errors}
            max={99}
            onChange={(percent) => promise({ warn_percent: percent ?? 0 })}
          />
        </div>
        <PriorityEditor
          value={sla.by_priority ?? []}
          errors={errors}
          onChange={(rows) => promise({ by_priority: rows })}
        />
      </FieldGroup>
      <FieldGroup title={t("brandSettings.queue.callbacks")}>
        <Checkbox
          label={t("brandSettings.callback.enabled")}
          checked={callback.enabled}
          onChange={(event) => call({ enabled: event.currentTarget.checked })}
        />
        {callback.enabled && (
          <div className={classes.numbers}>
            <NumberField
              label={t("brandSettings.callback.due")}
              name="callback.due_minutes"
              value={callback.due_minutes}
              errors={errors}
              onChange={(minutes) => call({ due_minutes: minutes ?? 0 })}
            />
            <NumberField
              label={t("brandSettings.callback.retry")}
              name="callback.retry_minutes"
              value={callback.retry_minutes}
              errors={errors}
              onChange={(minutes) => call({ retry_minutes: minutes ?? 0 })}
            />
            <NumberField
              label={t("brandSettings.callback.longWait")}
              name="callback.long_wait_minutes"
              value={callback.long_wait_minutes}
              errors={errors}
              onChange={(minutes) => call({ long_wait_minutes: minutes ?? 0 })}
            />
          </div>
        )}
      </FieldGroup>
    </>
  );
}

/** What there is of a kind, by id and title. */
function useChoicesOf(kind: SettingsKind): { value: string; label: string }[] {
  const { data } = useSettingsList();
  const sections = (data?.sections ?? []).filter((section) => section.kind === kind && section.is_there);
  return sections.map(({ section, title }) => ({ value: idOf(section), label: title ?? section }));
}

/** Which intake form patients fill in when they ask. */
export function AskedField({ value, errors, onChange }: Omit<QueuePartProps, "id" | "choices">) {
  const { t } = useTranslation();
  const forms = useChoicesOf("questionnaire");
  if (forms.length === 0 && value.questionnaire === null) return null;
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t("brandSettings.queue.questionnaire")}
        description={t("brandSettings.queue.questionnaireHint")}
        value={value.questionnaire ?? ""}
        error={errors.get("questionnaire")}
        onChange={(event) => onChange({ ...value, questionnaire: event.currentTarget.value || null })}
        data={[{ value: "", label: t("brandSettings.queue.noQuestionnaire") }, ...forms]}
      />
    </div>
  );
}

export function AfterFields({ value, errors, choices, onChange }: QueuePartProps) {
  const { t } = useTranslation();
  const templates = useChoicesOf("conclusion");
  const change = (part: Partial<QueueSettings>) => onChange({ ...value, ...part });
  const first = (name: string | undefined) => t("brandSettings.first", { name: name ?? "" });
  return (
    <FieldGroup title={t("brandSettings.queue.after")}>
      <div className={classes.pair}>
        <NativeSelect
          label={t("brandSettings.queue.conclusion")}
          value={value.conclusion}
          error={errors.get("conclusion")}
          onChange={(event) => {
            const need = NEEDS.find((known) => known === event.currentTarget.value);
            if (need !== undefined) change({ conclusion: need });
          }}
          data={NEEDS.map((need) => ({ value: need, label: t(`brandSettings.need.${need}`) }))}
        />
        {value.conclusion !== "off" && (
          <NativeSelect
            label={t("brandSettings.queue.template")}
            value={value.conclusion_template ?? ""}
            error={errors.get("conclusion_template")}
            onChange={(event) => change({ conclusion_template: event.currentTarget.value || null })}
            data={[{ value: "", label: first(templates[0]?.label) }, ...templates]}
          />
        )}
      </div>
      <RequiredFields value={value} errors={errors} onChange={onChange} />
      <div className={classes.pair}>
        {choices.retention.length > 0 && (
          <NativeSelect
            label={t("brandSettings.queue.retention")}
            description={t("brandSettings.queue.retentionHint")}
            value={value.retention ?? ""}
            error={errors.get("retention")}
            onChange={(event) => change({ retention: event.currentTarget.value || null })}
            data={[
              { value: "", label: first(choices.retention[0]?.name) },
              ...choices.retention.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <NumberField
          label={t("brandSettings.queue.reopen")}
          description={t("brandSettings.queue.reopenHint")}
          name="reopen_grace_minutes"
          value={value.reopen_grace_minutes}
          errors={errors}
          onChange={(minutes) => change({ reopen_grace_minutes: minutes ?? 0 })}
        />
      </div>
      <Checkbox
        label={t("brandSettings.queue.rating")}
        checked={value.rating}
        onChange={(event) => change({ rating: event.currentTarget.checked })}
      />
    </FieldGroup>
  );
}

/** Which of the brand's own fields are filled in before the close; only what all staff fills in can be asked for. */
function RequiredFields({ value, errors, onChange }: Pick<QueuePartProps, "value" | "errors" | "onChange">) {
  const { t } = useTranslation();
  const fields = useFieldDefinitions()?.consultation ?? [];
  const asked = value.required_fields ?? [];
  if (fields.length === 0 && asked.length === 0) return null;
  const named = fields
    .filter(({ id, filled_by: by }) => by === "staff" || asked.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
  // What is asked for stays to be seen, whatever became of the field.
  const gone = asked.filter((id) => !fields.some((field) => field.id === id));
  return (
    <MultiSelect
      label={t("brandSettings.queue.requiredFields")}
      description={t("brandSettings.queue.requiredFieldsHint")}
      data={[...named, ...gone.map((id) => ({ value: id, label: id }))]}
      value={[...asked]}
      error={errors.get("required_fields")}
      clearable
      onChange={(ids) => onChange({ ...value, required_fields: ids })}
    />
  );
}
