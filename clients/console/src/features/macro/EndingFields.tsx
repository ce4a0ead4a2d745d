/** What a macro does at last: nothing, a hold, a transfer or the close. */
import { NumberInput, Select, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import type { PartProps } from "./MacroEditor.tsx";
import { ENDINGS, HOLD_MAX, NOTE_MAX } from "./model.ts";

export function EndingFields(props: PartProps) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  return (
    <>
      <Select
        label={t("macros.ending")}
        data={ENDINGS.map((value) => ({ value, label: t(`macros.endings.${value}`) }))}
        value={form.ending}
        allowDeselect={false}
        onChange={(chosen) => {
          const ending = ENDINGS.find((each) => each === chosen);
          if (ending !== undefined) onChange({ ending });
        }}
      />
      {form.ending === "hold" && <HoldFields {...props} />}
      {form.ending === "transfer" && <TransferFields {...props} />}
      {form.ending === "close" && <Note {...props} label={t("macros.closeNote")} />}
    </>
  );
}

function HoldFields({ form, refused, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={t("macros.minutes")}
      description={t("macros.minutesHint")}
      min={1}
      max={HOLD_MAX}
      allowDecimal={false}
      allowNegative={false}
      value={form.minutes ?? ""}
      error={refused.get("ending.minutes")}
      onChange={(minutes) => onChange({ minutes: typeof minutes === "number" ? minutes : null })}
    />
  );
}

function TransferFields(props: PartProps) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const { form, refused, onChange } = props;
  const all = [...queues.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <Select
        label={t("macros.queue")}
        required
        searchable
        data={all.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.queueId}
        error={refused.get("ending.queue_id")}
        onChange={(queueId) => onChange({ queueId })}
      />
      <Note {...props} label={t("transfer.note")} description={t("transfer.noteHint")} required />
    </>
  );
}

function Note({
  form,
  refused,
  onChange,
  ...words
}: PartProps & { label: string; description?: string; required?: boolean }) {
  return (
    <Textarea
      {...words}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={NOTE_MAX}
      value={form.endingNote}
      error={refused.get("ending.note")}
      onChange={(event) => onChange({ endingNote: event.currentTarget.value })}
    />
  );
}
