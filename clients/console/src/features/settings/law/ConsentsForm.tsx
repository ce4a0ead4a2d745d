/** What persons agree to, one text and one tick each, and the law that it has to satisfy. */
import type { ConsentSettings, ConsentSubject, LegalProfile } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import type { Consents } from "../model.ts";
import classes from "../Settings.module.css";
import { ThingList } from "../ThingList.tsx";

const SUBJECTS: readonly ConsentSubject[] = ["treatment", "personal_data", "health_data"];

interface ConsentsFormProps extends FormProps<Consents> {
  laws: readonly LegalProfile[];
}

export function ConsentsForm({ value, laws, errors, onChange }: ConsentsFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const law = laws.find(({ id }) => id === value.legal_profile);
  return (
    <>
      <FieldGroup title={t("brandSettings.consents.law")}>
        <NativeSelect
          label={t("brandSettings.consents.profile")}
          description={t("brandSettings.consents.profileHint")}
          value={value.legal_profile}
          error={errors.get("legal_profile")}
          onChange={(event) => onChange({ ...value, legal_profile: event.currentTarget.value })}
          data={laws.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {law !== undefined && <Demands law={law} />}
      </FieldGroup>
      <FieldGroup title={t("brandSettings.consents.list")} hint={t("brandSettings.consents.hint")}>
        <ThingList<ConsentSettings>
          kind="consent"
          things={value.consents}
          nameOf={({ title }) => title[locale] ?? ""}
          wrong={errors.get("consents")}
          begin={(id) => ({
            id,
            covers: [],
            required: false,
            asked: "before_first_question",
            title: {},
            summary: {},
            text: {},
          })}
          onChange={(consents) => onChange({ ...value, consents })}
        >
          {(consent, put) => <ConsentFields consent={consent} errors={errors} put={put} />}
        </ThingList>
      </FieldGroup>
    </>
  );
}

/** What a law asks for: consents of their own, documents, and by which acts. Nothing where it asks for nothing. */
function Demands({ law }: { law: LegalProfile }) {
  const { t } = useTranslation();
  if (law.consents.length + law.documents.length === 0) return null;
  return (
    <div className={classes.demands}>
      <p>{t("brandSettings.consents.demands")}</p>
      <ul aria-label={t("brandSettings.consents.demands")}>
        {law.consents.map((subjects) => (
          <li key={subjects.join()}>
            {t("brandSettings.consents.demandsConsent", {
              subjects: subjects.map((subject) => t(`brandSettings.value.${subject}`)).join(", "),
            })}
          </li>
        ))}
        {law.documents.map((id) => (
          <li key={id}>{t("brandSettings.consents.demandsDocument", { id })}</li>
        ))}
      </ul>
      {law.source !== null && <p className={classes.source}>{law.source}</p>}
    </div>
  );
}

interface ConsentFieldsProps {
  consent: ConsentSettings;
  errors: ReadonlyMap<string, string>;
  put: (part: Partial<ConsentSettings>) => void;
}

function ConsentFields({ consent, errors, put }: ConsentFieldsProps) {
  const { t } = useTranslation();
  const name = (field: string) => `consents.${consent.id}.${field}`;
  return (
    <>
      {(["title", "summary", "text"] as const).map((field) => (
        <LocalizedField
          key={field}
          label={t(`brandSettings.consent.${field}`)}
          name={name(field)}
          value={consent[field]}
          errors={errors}
          long={field !== "title"}
          onChange={(text) => put({ [field]: text })}
        />
      ))}
      <Checkbox.Group
        label={t("brandSettings.consents.covers")}
        value={[...(consent.covers ?? [])]}
        error={errors.get(name("covers"))}
        onChange={(chosen) => put({ covers: SUBJECTS.filter((subject) => chosen.includes(subject)) })}
      >
        <div className={classes.checks}>
          {SUBJECTS.map((subject) => (
            <Checkbox key={subject} value={subject} label={t(`brandSettings.value.${subject}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox
        label={t("brandSettings.consents.required")}
        checked={consent.required ?? false}
        onChange={(event) => put({ required: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("brandSettings.consents.inProfile")}
        checked={consent.asked === "profile"}
        error={errors.get(name("asked"))}
        onChange={(event) =>
          put({ asked: event.currentTarget.checked ? "profile" : "before_first_question" })
        }
      />
    </>
  );
}
