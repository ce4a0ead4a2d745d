/** What a rule does, in the order in which it is done. */
import type { RuleSettings } from "@consilium/kit/api";
import { Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../../live/hooks.ts";
import { FieldGroup, type FormProps, NumberField } from "../fields.tsx";
import { isOfCallback, mayWait, NOTE_MAX } from "./model.ts";
import classes from "./Rules.module.css";
import { TagField } from "./TagField.tsx";

type Actions = RuleSettings["actions"];

export function ActionFields({ value, errors, onChange }: FormProps<RuleSettings>) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const { actions, event } = value;
  const change = (part: Partial<Actions>) => onChange({ ...value, actions: { ...actions, ...part } });
  const all = [...queues.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <FieldGroup title={t("brandSettings.rule.actions")} hint={t("brandSettings.rule.actionsHint")}>
      {!isOfCallback(event) && (
        <>
          <TagField
            label={t("brandSettings.rule.action.remove_tags")}
            value={actions.remove_tags}
            error={errors.get("actions.remove_tags")}
            archived
            onChange={(tags) => change({ remove_tags: tags })}
          />
          <TagField
            label={t("brandSettings.rule.action.add_tags")}
            value={actions.add_tags}
            error={errors.get("actions.add_tags")}
            onChange={(tags) => change({ add_tags: tags })}
          />
        </>
      )}
      {mayWait(event) && (
        <div className={classes.row}>
          <NumberField
            label={t("brandSettings.rule.action.raise_priority_to")}
            description={t("brandSettings.rule.priorityHint")}
            name="actions.raise_priority_to"
            value={actions.raise_priority_to}
            errors={errors}
            max={100}
            optional
            onChange={(priority) => change({ raise_priority_to: priority })}
          />
          <NativeSelect
            label={t("brandSettings.rule.action.move_to")}
            description={t("brandSettings.rule.moveHint")}
            value={actions.move_to ?? ""}
            error={errors.get("actions.move_to")}
            onChange={({ currentTarget: { value: chosen } }) =>
              change({ move_to: chosen === "" ? null : chosen })
            }
            data={[
              { value: "", label: t("brandSettings.rule.stays") },
              ...all.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      )}
      <Textarea
        label={t("brandSettings.rule.action.note")}
        description={t("brandSettings.rule.noteHint")}
        autosize
        minRows={2}
        maxLength={NOTE_MAX}
        value={actions.note ?? ""}
        error={errors.get("actions.note")}
        onChange={({ currentTarget: { value: text } }) => change({ note: text === "" ? null : text })}
      />
      <Checkbox
        label={t("brandSettings.rule.action.alarm")}
        description={t("brandSettings.rule.alarmHint")}
        checked={actions.alarm}
        onChange={({ currentTarget: { checked } }) => change({ alarm: checked })}
      />
      {errors.get("actions") !== undefined && <p className={classes.refused}>{errors.get("actions")}</p>}
    </FieldGroup>
  );
}
