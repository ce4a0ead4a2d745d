/** Fills in the fields of a consultation. Only what was changed is sent; the change is recorded. */
import type { CustomField } from "@consilium/kit/api";
import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CustomFieldInputs } from "../../ui/CustomFieldInputs.tsx";
import { fieldsPatch, type TypedFields, typedOf, wrongFields } from "../../ui/custom-fields.ts";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Fields.module.css";
import { fieldsKey, useFields } from "./useFields.ts";

interface FieldsDialogProps {
  /** `null`: the dialog is closed. */
  consultationId: string | null;
  onClose: () => void;
}

export function FieldsDialog({ consultationId, onClose }: FieldsDialogProps) {
  const { t } = useTranslation();
  const row = useRow(consultationId);
  return (
    <Modal
      opened={consultationId !== null}
      onClose={onClose}
      title={t("fields.on", { name: row?.patient.name ?? "" })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {consultationId !== null && <Loader id={consultationId} onClose={onClose} />}
    </Modal>
  );
}

function Loader({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useFields(id);
  if (isError) return <Problem error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={3} rowHeight={48} />;
  if (data.length === 0) return <p className={classes.hint}>{t("fields.none")}</p>;
  return <Form id={id} fields={data} onClose={onClose} />;
}

/** Over the fields as they stood when it was opened: what others fill in meanwhile is not written over. */
function Form({ id, fields, onClose }: { id: string; fields: readonly CustomField[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const [known] = useState(fields);
  const [typed, setTyped] = useState<TypedFields>(() => typedOf(fields));
  const [asked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () => api.fields.change(id, fieldsPatch(known, typed)),
    onSuccess: (saved) => {
      client.setQueryData(fieldsKey(id), saved.fields);
      onClose();
    },
  });
  const wrong = wrongFields(known, typed);
  const { byField, general } = refusals(save.error, {}, t);
  const errors = new Map(byField);
  if (asked) for (const field of wrong) errors.set(`fields.${field.id}`, t(`fields.error.${field.type}`));
  return (
    <DialogForm
      submit={t("save")}
      busy={save.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (wrong.length > 0) return;
        if (Object.keys(fieldsPatch(known, typed)).length === 0) onClose();
        else save.mutate();
      }}
    >
      <CustomFieldInputs fields={known} typed={typed} errors={errors} onChange={setTyped} />
      <p className={classes.hint}>{t("fields.hint")}</p>
    </DialogForm>
  );
}
