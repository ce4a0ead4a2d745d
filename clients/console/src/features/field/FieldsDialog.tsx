/** Fills in the fields of a consultation. Only what was changed is sent; the change is recorded. On the way to the close nothing that is asked for stays empty. */
import type { ConsultationDetail, CustomField } from "@consilium/kit/api";
import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CustomFieldInputs } from "../../ui/CustomFieldInputs.tsx";
import {
  fieldsPatch,
  lackingFields,
  type TypedFields,
  typedOf,
  wrongFields,
} from "../../ui/custom-fields.ts";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Fields.module.css";
import { fieldsKey, useFields } from "./useFields.ts";

interface FieldsWish {
  readonly consultationId: string;
  /** The consultation is to be closed when what its queue asks for stands there. */
  readonly closing: boolean;
}

interface FieldsDialogProps {
  /** `null`: the dialog is closed. */
  wish: FieldsWish | null;
  onClose: () => void;
}

export function FieldsDialog({ wish, onClose }: FieldsDialogProps) {
  const { t } = useTranslation();
  const row = useRow(wish?.consultationId ?? null);
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      title={t(wish?.closing ? "fields.beforeClose" : "fields.on", { name: row?.patient.name ?? "" })}
    >
      {wish !== null && <Loader wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Loader({ wish, onClose }: { wish: FieldsWish; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useFields(wish.consultationId);
  if (isError) return <Problem error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={3} rowHeight={48} />;
  if (data.length === 0) return <p className={classes.hint}>{t("fields.none")}</p>;
  return <Form wish={wish} fields={data} onClose={onClose} />;
}

/** What comes after the fields on the way to the close: the conclusion, where it is missing too, or the close itself. */
function useGoOn(): (saved: ConsultationDetail) => void {
  const { actions } = useConsole();
  const { closeWaits } = useDesk();
  const { run } = useCommands();
  return (saved) => {
    if (saved.conclusion_need !== "required" || saved.conclusion !== null) {
      actions.close(saved.id);
      return;
    }
    run("consultation.conclusion");
    closeWaits.set(saved.id);
  };
}

interface FormProps {
  wish: FieldsWish;
  fields: readonly CustomField[];
  onClose: () => void;
}

/** Over the fields as they stood when it was opened: what others fill in meanwhile is not written over. */
function Form({ wish, fields, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const goOn = useGoOn();
  const { consultationId: id, closing } = wish;
  const [known] = useState(fields);
  const [typed, setTyped] = useState<TypedFields>(() => typedOf(fields));
  // On the way to the close what is missing is named before anything is pressed.
  const [asked, setAsked] = useState(closing);
  const save = useMutation({
    mutationFn: () => api.fields.change(id, fieldsPatch(known, typed)),
    onSuccess: (saved) => {
      client.setQueryData(fieldsKey(id), saved.fields);
      onClose();
      if (closing) goOn(saved);
    },
  });
  const wrong = wrongFields(known, typed);
  const lacking = closing ? lackingFields(known, typed) : [];
  const { byField, general } = refusals(save.error, {}, t);
  const errors = new Map(byField);
  if (asked) {
    for (const field of lacking) errors.set(`fields.${field.id}`, t("fields.needed"));
    for (const field of wrong) errors.set(`fields.${field.id}`, t(`fields.error.${field.type}`));
  }
  return (
    <DialogForm
      submit={t(closing ? "fields.saveAndClose" : "save")}
      busy={save.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (wrong.length + lacking.length > 0) return;
        if (!closing && Object.keys(fieldsPatch(known, typed)).length === 0) onClose();
        else save.mutate();
      }}
    >
      <CustomFieldInputs fields={known} typed={typed} errors={errors} onChange={setTyped} />
      <p className={classes.hint}>{t("fields.hint")}</p>
    </DialogForm>
  );
}
