/** Edits a patient's card. Only what was changed is sent; the change is recorded. */
import type { PatientCard } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { DateField } from "@consilium/kit/ui";
import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CustomFieldInputs } from "../../ui/CustomFieldInputs.tsx";
import { wrongFields } from "../../ui/custom-fields.ts";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import {
  asksInsurance,
  checkForm,
  formOf,
  isSex,
  type PatientForm,
  type PatientFormErrors,
  patchOf,
} from "./model.ts";
import classes from "./PatientDialog.module.css";
import { patientKey } from "./PatientPanel.tsx";

export function PatientDialog({ patientId, onClose }: { patientId: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={patientId !== null} onClose={onClose} title={t("patients.edit")} size="md">
      {patientId !== null && <Loader id={patientId} onClose={onClose} />}
    </Modal>
  );
}

function Loader({ id, onClose }: { id: string; onClose: () => void }) {
  const { api } = useConsole();
  const { data, isError, error, refetch } = useQuery({
    queryKey: patientKey(id),
    queryFn: () => api.patient(id),
    staleTime: 5 * 60_000,
  });
  if (data !== undefined) return <Form card={data} onClose={onClose} />;
  if (isError) return <Problem error={error} onRetry={() => void refetch()} />;
  return <Loading rows={5} rowHeight={48} />;
}

const SERVER_FIELDS: Readonly<Record<string, keyof PatientForm>> = {
  name: "name",
  birth_date: "birthDate",
  sex: "sex",
  phone: "phone",
  email: "email",
  insurance: "insurance",
};

function Form({ card, onClose }: { card: PatientCard; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const [form, setForm] = useState<PatientForm>(() => formOf(card));
  const [errors, setErrors] = useState<PatientFormErrors>({});
  const [asked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () => api.updatePatient(card.id, patchOf(card, form)),
    onSuccess: (saved) => {
      client.setQueryData(patientKey(card.id), saved);
      void client.invalidateQueries({ queryKey: ["patients"] });
      onClose();
    },
  });
  const { texts } = useBrand();
  const change = (part: Partial<PatientForm>) => setForm((before) => ({ ...before, ...part }));
  const { byField: refused, general } = refusals(save.error, SERVER_FIELDS, t);
  const errorOf = (field: keyof PatientFormErrors) =>
    errors[field] === undefined ? refused.get(field) : t(errors[field]);
  const wrong = wrongFields(card.fields, form.fields);
  const fieldErrors = new Map(refused);
  if (asked)
    for (const field of wrong) fieldErrors.set(`fields.${field.id}`, t(`fields.error.${field.type}`));

  return (
    <DialogForm
      submit={t("save")}
      busy={save.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => {
        const found = checkForm(form, new Date().toISOString().slice(0, 10));
        setErrors(found);
        setAsked(true);
        if (Object.keys(found).length > 0 || wrong.length > 0) return;
        if (Object.keys(patchOf(card, form)).length === 0) onClose();
        else save.mutate();
      }}
    >
      <TextInput
        data-autofocus
        label={t("patients.name")}
        required
        value={form.name}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
      />
      <div className={classes.pair}>
        <DateField
          label={t("patients.birthDate")}
          value={form.birthDate}
          error={errorOf("birthDate")}
          autoComplete="off"
          onChange={(birthDate) => change({ birthDate })}
        />
        <Select
          label={t("patients.sex")}
          value={form.sex === "" ? null : form.sex}
          clearable
          placeholder="—"
          onChange={(value) => change({ sex: value !== null && isSex(value) ? value : "" })}
          data={(["female", "male", "other"] as const).map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      </div>
      <TextInput
        type="tel"
        label={t("patients.phone")}
        value={form.phone}
        error={errorOf("phone")}
        onChange={(event) => change({ phone: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        type="email"
        label={t("patients.email")}
        value={form.email}
        error={errorOf("email")}
        onChange={(event) => change({ email: event.currentTarget.value })}
        autoComplete="off"
      />
      {(asksInsurance(texts) || form.insurance !== "") && (
        <TextInput
          label={t("patients.insurance")}
          value={form.insurance}
          error={refused.get("insurance")}
          onChange={(event) => change({ insurance: event.currentTarget.value })}
          autoComplete="off"
        />
      )}
      <CustomFieldInputs
        fields={card.fields}
        typed={form.fields}
        errors={fieldErrors}
        onChange={(fields) => change({ fields })}
      />
      <p className={classes.hint}>{t("patients.editHint")}</p>
    </DialogForm>
  );
}
