/** Makes a patient: a card, an account, and the link by which he comes. Who looks like him is shown before. */
import { InvitationApi, type PatientMade, type PossibleDuplicate } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import { DateField, languageName } from "@consilium/kit/ui";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useKnownFields } from "../../live/fields.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { CustomFieldInputs } from "../../ui/CustomFieldInputs.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./Invitation.module.css";
import { MadePatient } from "./MadePatient.tsx";
import { isSex, SEXES } from "./model.ts";
import {
  asked,
  asksTheSame,
  checkNew,
  EMPTY_PATIENT,
  emptyFields,
  type NewPatientForm,
  newPatient,
} from "./new-patient.ts";

interface NewPatientDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function NewPatientDialog({ opened, onClose }: NewPatientDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made | null>(null);
  // However it was left, the next time begins with an empty form.
  useEffect(() => {
    if (!opened) setMade(null);
  }, [opened]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={made === null ? t("invitation.newTitle") : t("invitation.madeTitle", { name: made.name })}
      closeOnClickOutside={made === null}
      size="md"
    >
      {opened && made === null && <Form onMade={setMade} onClose={onClose} />}
      {opened && made !== null && <MadePatient made={made.patient} name={made.name} onClose={onClose} />}
    </Modal>
  );
}

const SERVER_FIELDS = { birth_date: "birthDate" } as const;

interface Made {
  readonly patient: PatientMade;
  readonly name: string;
}

interface FormProps {
  onMade: (made: Made) => void;
  onClose: () => void;
}

/** Who looks like the one that is typed, and of which form that was said. */
interface Alike {
  readonly form: NewPatientForm;
  readonly cards: readonly PossibleDuplicate[];
}

function useForm({ onMade }: FormProps) {
  const { api } = useConsole();
  const client = useQueryClient();
  const definitions = useKnownFields()?.patient;
  const fields = useMemo(() => emptyFields(definitions ?? []), [definitions]);
  // One for each patient: a repeated press makes one.
  const [requestId] = useState(() => crypto.randomUUID());
  const [alike, setAlike] = useState<Alike | null>(null);
  const bound = useDialogForm<NewPatientForm, Made | null>({
    begin: () => EMPTY_PATIENT,
    check: (form) => checkNew(form, fields, new Date().toISOString().slice(0, 10)),
    fields: SERVER_FIELDS,
    send: async (form) => {
      const invitations = new InvitationApi(api.client);
      if (alike === null || !asksTheSame(alike.form, form)) {
        const { duplicates } = await invitations.check(asked(form));
        setAlike({ form, cards: duplicates });
        if (duplicates.length > 0) return null;
      }
      const patient = await invitations.make(newPatient(form, fields, requestId));
      return { patient, name: form.name.trim() };
    },
    onSaved: (made) => {
      if (made === null) return;
      void client.invalidateQueries({ queryKey: ["patients"] });
      onMade(made);
    },
  });
  const seen = alike !== null && asksTheSame(alike.form, bound.form) ? alike.cards : [];
  return { ...bound, fields, alike: seen };
}

function Form(props: FormProps) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const { onClose } = props;
  const { form, change, errorOf, dialog, fields, alike } = useForm(props);
  const text = (field: "name" | "phone" | "email") => ({
    label: t(`patients.${field}`),
    value: form[field],
    error: errorOf(field),
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const ownErrors = new Map(
    fields.flatMap(({ id }) => {
      const words = errorOf(`fields.${id}`);
      return words === undefined ? [] : [[`fields.${id}`, words] as const];
    }),
  );
  return (
    <DialogForm
      submit={t(alike.length > 0 ? "invitation.makeAllTheSame" : "invitation.make")}
      {...dialog}
      onClose={onClose}
    >
      <TextInput data-autofocus required {...text("name")} />
      <div className={classes.pair}>
        <TextInput type="tel" {...text("phone")} />
        <TextInput type="email" {...text("email")} />
      </div>
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
          data={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      </div>
      {languages.length > 1 && (
        <Select
          label={t("invitation.language")}
          description={t("invitation.languageHint")}
          value={form.language === "" ? null : form.language}
          clearable
          placeholder={t("invitation.anyLanguage")}
          error={errorOf("language")}
          onChange={(language) => change({ language: language ?? "" })}
          data={languages.map((code) => ({ value: code, label: languageName(code) }))}
        />
      )}
      <CustomFieldInputs
        fields={fields}
        typed={form.fields}
        errors={ownErrors}
        onChange={(typed) => change({ fields: typed })}
      />
      {alike.length > 0 && <AlikeCards cards={alike} onClose={onClose} />}
      <p className={classes.hint}>{t("invitation.newHint")}</p>
    </DialogForm>
  );
}

function AlikeCards({ cards, onClose }: { cards: readonly PossibleDuplicate[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { list, phone } = useFormats();
  const { open } = useDesk();
  return (
    <section className={classes.alike} role="alert" aria-label={t("invitation.alike")}>
      <p>{t("invitation.alikeText")}</p>
      <ul>
        {cards.map(({ patient, because }) => (
          <li key={patient.id} className={classes.one}>
            <span className={classes.name}>{patient.name}</span>
            <span className={classes.hint}>
              {list(because.map((why) => t(`merge.because.${why}`)))}
              {patient.phone !== null && `, ${phone(patient.phone)}`}
            </span>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t("invitation.openNamed", { name: patient.name })}
              onClick={() => {
                onClose();
                open(patient.id, "patients");
              }}
            >
              {t("invitation.openCard")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
