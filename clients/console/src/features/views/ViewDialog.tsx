/** A view's name and who sees it: of the list on the screen, which is kept, or of a view that is there. */
import type { SavedView } from "@consilium/kit/api";
import { Button, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconTrash } from "../../icons.ts";
import { named } from "../../list/filters.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import type { ViewQuery } from "../../live/views.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import { formOf, isWhole, isWith, NAME_MAX, newView, sharingOf, type ViewForm, WITH } from "./model.ts";
import { useChangeView, useCreateView, useRemoveView } from "./useViewActions.ts";
import classes from "./Views.module.css";

export interface SaveWish {
  readonly query: ViewQuery;
  readonly name: string;
}

/** `wish`: null: the dialog is closed. */
export function SaveViewDialog({ wish, onClose }: { wish: SaveWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={wish !== null} onClose={onClose} title={t("command.saveView")}>
      {wish !== null && <Save wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Save({ wish, onClose }: { wish: SaveWish; onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<ViewForm>({ name: wish.name, with: "nobody", queues: [] });
  const create = useCreateView(onClose);
  const { byField, general } = refusals(create.error, {}, t);
  return (
    <DialogForm
      submit={t("views.create")}
      isWhole={isWhole(form)}
      busy={create.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => create.mutate(newView(form, wish.query))}
    >
      <Fields form={form} onChange={setForm} refused={byField} />
    </DialogForm>
  );
}

/** `viewId`: null: the dialog is closed. */
export function ViewDialog({ viewId, onClose }: { viewId: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const views = useReadable(useConsole().views.items);
  const view = viewId === null ? undefined : views.get(viewId);
  return (
    <Modal opened={view !== undefined} onClose={onClose} title={t("views.editTitle")}>
      {view !== undefined && <Edit key={view.id} view={view} onClose={onClose} />}
    </Modal>
  );
}

function Edit({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<ViewForm>(() => formOf(view));
  // What is changed is the version that the form began with.
  const [before] = useState(view);
  const save = useChangeView(onClose);
  const remove = useRemoveView(onClose);
  const { byField, general } = refusals(save.error ?? remove.error, {}, t);
  return (
    <DialogForm
      submit={t("save")}
      isWhole={isWhole(form)}
      busy={save.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ view: before, change: { name: form.name.trim(), sharing: sharingOf(form) } })
      }
    >
      <Fields form={form} onChange={setForm} refused={byField} />
      <div>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          leftSection={<IconTrash size={16} stroke={1.75} aria-hidden />}
          loading={remove.isPending}
          onClick={() => remove.mutate(before)}
        >
          {t("views.remove")}
        </Button>
      </div>
    </DialogForm>
  );
}

interface FieldsProps {
  form: ViewForm;
  onChange: (form: ViewForm) => void;
  refused: ReadonlyMap<string, string>;
}

function Fields({ form, onChange, refused }: FieldsProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { queues } = useBoard();
  const mayShare = me.role === "supervisor";
  return (
    <>
      <TextInput
        data-autofocus
        label={t("views.name")}
        required
        maxLength={NAME_MAX}
        value={form.name}
        error={refused.get("name") ?? refused.get("query")}
        onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
        autoComplete="off"
      />
      {mayShare && (
        <Select
          label={t("views.sharing")}
          allowDeselect={false}
          data={WITH.map((value) => ({ value, label: t(`views.with.${value}`) }))}
          value={form.with}
          onChange={(value) => isWith(value) && onChange({ ...form, with: value })}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {mayShare && form.with === "queues" && (
        <MultiSelect
          label={t("views.queues")}
          data={named(queues.values())}
          value={[...form.queues]}
          error={refused.get("sharing")}
          onChange={(next) => onChange({ ...form, queues: next })}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      <p className={classes.hint}>{t(form.with === "nobody" ? "views.privateHint" : "views.sharedHint")}</p>
    </>
  );
}
