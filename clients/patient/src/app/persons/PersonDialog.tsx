/** Adding somebody, or changing what is known of him. */
import { ApiProblem, type Person, PersonApi, type Sex } from "@consilium/kit/api";
import { ChoiceGroup, DateField, Dialog, ErrorNotice } from "@consilium/kit/ui";
import { Button, TextInput } from "@mantine/core";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../session.tsx";
import {
  changeOf,
  checkPerson,
  fieldsOf,
  newPersonOf,
  type PersonErrors,
  type PersonFields,
  RELATIONSHIPS,
} from "./model.ts";
import css from "./Persons.module.css";
import { useApplyPersons } from "./usePersons.ts";

interface PersonDialogProps {
  /** `null`: somebody new. */
  person: Person | null;
  onClose: () => void;
  /** He is in the list now. */
  onSaved?: (person: Person) => void;
}

type Work = "idle" | "busy" | "failed" | "full";

/** Fields by the names that the service gives them. */
const FIELD_OF: Readonly<Record<string, keyof PersonFields>> = {
  name: "name",
  birth_date: "birthDate",
  sex: "sex",
  relationship: "relationship",
};

function refusedFields(cause: unknown): PersonErrors {
  if (!(cause instanceof ApiProblem)) return {};
  const errors: PersonErrors = {};
  for (const { field } of cause.fields) {
    const known = FIELD_OF[field];
    if (known !== undefined) errors[known] = `persons.error.${known}`;
  }
  return errors;
}

function usePersonForm({ person, onClose, onSaved }: PersonDialogProps) {
  const { api } = useSignedIn();
  const apply = useApplyPersons();
  const [fields, setFields] = useState(() => fieldsOf(person));
  const [errors, setErrors] = useState<PersonErrors>({});
  const [work, setWork] = useState<Work>("idle");
  const requestId = useRef(crypto.randomUUID());
  const send = (): Promise<Person> => {
    const persons = new PersonApi(api.client);
    if (person !== null) return persons.change(person.id, changeOf(person, fields));
    const made = newPersonOf(fields, requestId.current);
    return made === null ? Promise.reject(new Error("it is not complete")) : persons.add(made);
  };
  const save = async () => {
    if (work === "busy") return;
    const found = checkPerson(fields, new Date().toLocaleDateString("sv"));
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setWork("busy");
    try {
      const saved = await send();
      apply.one(saved);
      onSaved?.(saved);
      onClose();
    } catch (cause) {
      setErrors(refusedFields(cause));
      setWork(cause instanceof ApiProblem && cause.slug === "conflict" ? "full" : "failed");
    }
  };
  const set = <F extends keyof PersonFields>(field: F, value: PersonFields[F]) => {
    setFields((before) => ({ ...before, [field]: value }));
    setErrors((before) => ({ ...before, [field]: undefined }));
    setWork((before) => (before === "busy" ? before : "idle"));
  };
  return { fields, errors, work, set, save };
}

export function PersonDialog(props: PersonDialogProps) {
  const { t } = useTranslation();
  const { person, onClose } = props;
  const { fields, errors, work, set, save } = usePersonForm(props);
  const form = useId();
  const error = (field: keyof PersonFields) => (errors[field] === undefined ? undefined : t(errors[field]));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(person === null ? "persons.addTitle" : "persons.changeTitle")}
      footer={
        <>
          <Button variant="default" disabled={work === "busy"} onClick={onClose}>
            {t("persons.cancel")}
          </Button>
          <Button type="submit" form={form} loading={work === "busy"}>
            {t(person === null ? "persons.addSubmit" : "persons.save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div>
          <ChoiceGroup
            label={t("persons.who")}
            value={fields.relationship}
            onChange={(relationship) => set("relationship", relationship)}
            choices={RELATIONSHIPS.map((value) => ({ value, label: t(`persons.relationship.${value}`) }))}
          />
          {errors.relationship !== undefined && (
            <p className={css.error} role="alert">
              {error("relationship")}
            </p>
          )}
        </div>
        <TextInput
          label={t("persons.name")}
          autoComplete="off"
          value={fields.name}
          error={error("name")}
          onChange={(event) => set("name", event.currentTarget.value)}
        />
        <DateField
          label={t("persons.birthDate")}
          autoComplete="off"
          value={fields.birthDate}
          error={error("birthDate")}
          onChange={(birthDate) => set("birthDate", birthDate)}
        />
        <ChoiceGroup<Sex>
          label={t("persons.sex")}
          value={fields.sex}
          onChange={(sex) => set("sex", sex)}
          choices={(["female", "male", "other"] as const).map((value) => ({
            value,
            label: t(`persons.sexes.${value}`),
          }))}
        />
        {work === "full" && <ErrorNotice title={t("persons.full")} text={t("persons.fullText")} />}
        {work === "failed" && Object.keys(errors).length === 0 && (
          <ErrorNotice title={t("persons.failed")} text={t("persons.failedText")} />
        )}
      </form>
    </Dialog>
  );
}
