/** What an act on several asks for: where to, which tag, which macro. */
import { Select, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkWish } from "../../desk/desk.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type BulkForm, NOTE_MAX, quietMacros, tagsOn } from "./model.ts";

interface BulkFieldsProps {
  wish: BulkWish;
  form: BulkForm;
  change: (part: Partial<BulkForm>) => void;
  errorOf: (field: string) => string | undefined;
}

export function BulkFields(props: BulkFieldsProps) {
  switch (props.wish.kind) {
    case "assign":
      return <Where {...props} />;
    case "add_tag":
    case "remove_tag":
      return <Which {...props} />;
    case "macro":
      return <MacroField {...props} />;
    case "raise":
    case "lower":
    case "export":
      return null;
  }
}

function Where({ form, change, errorOf }: BulkFieldsProps) {
  const { t } = useTranslation();
  const { queues, operators } = useBoard();
  const { me } = useConsole();
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label);
  const services = [...queues.values()].map(({ id, name }) => ({ value: `queue:${id}`, label: name }));
  const people = [...operators.values()]
    .filter(({ id }) => id !== me.operator?.id)
    .map(({ id, name }) => ({ value: `operator:${id}`, label: name }));
  return (
    <>
      <Select
        label={t("bulk.to")}
        required
        searchable
        data-autofocus
        nothingFoundMessage={t("list.nothingFound")}
        data={[
          { group: t("transfer.toQueue"), items: services.sort(byName) },
          { group: t("transfer.toOperator"), items: people.sort(byName) },
        ]}
        value={form.to}
        onChange={(to) => change({ to })}
      />
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.noteHint")}
        required
        rows={3}
        maxLength={NOTE_MAX}
        value={form.note}
        error={errorOf("note")}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  );
}

/** All in use to put on; to take off those that any of them has. */
function Which({ wish, form, change }: BulkFieldsProps) {
  const { t } = useTranslation();
  const all = useReadable(useConsole().tags.items);
  const inUse = [...all.values()].filter(({ archived }) => !archived);
  const there = wish.of === "consultations" ? tagsOn(wish.rows) : [];
  const tags = wish.kind === "add_tag" ? inUse.sort((a, b) => a.name.localeCompare(b.name)) : there;
  return (
    <Select
      label={t("list.tag")}
      required
      searchable
      data-autofocus
      nothingFoundMessage={t("bulk.noTags")}
      data={tags.map(({ id, name }) => ({ value: id, label: name }))}
      value={form.tagId}
      onChange={(tagId) => change({ tagId })}
    />
  );
}

function MacroField({ form, change, errorOf }: BulkFieldsProps) {
  const { t } = useTranslation();
  const macros = useReadable(useConsole().macros.items);
  return (
    <Select
      label={t("bulk.macro")}
      description={t("bulk.macroHint")}
      required
      searchable
      data-autofocus
      nothingFoundMessage={t("bulk.noMacros")}
      data={quietMacros(macros.values()).map(({ id, content }) => ({ value: id, label: content.title }))}
      value={form.macroId}
      error={errorOf("macroId")}
      onChange={(macroId) => change({ macroId })}
    />
  );
}
