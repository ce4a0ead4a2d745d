/** A template of conclusions: its title, and its sections in their order. */
import type { ConclusionTemplateSettings } from "@consilium/kit/api";
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { moved } from "../../list/moved.ts";
import { AddThing } from "./AddThing.tsx";
import { CardHead } from "./CardHead.tsx";
import { FieldGroup, type FormProps, LocalizedField } from "./fields.tsx";
import classes from "./Settings.module.css";

type TemplateSection = ConclusionTemplateSettings["sections"][number];

export function ConclusionForm({ value, errors, onChange }: FormProps<ConclusionTemplateSettings>) {
  const { t } = useTranslation();
  const { sections } = value;
  const put = (next: readonly TemplateSection[]) => onChange({ ...value, sections: [...next] });
  return (
    <>
      <FieldGroup title={t("brandSettings.conclusion.document")}>
        <LocalizedField
          label={t("brandSettings.conclusion.title")}
          name="title"
          value={value.title}
          errors={errors}
          onChange={(title) => onChange({ ...value, title })}
        />
      </FieldGroup>
      <FieldGroup
        title={t("brandSettings.conclusion.sections")}
        hint={t("brandSettings.conclusion.sectionsHint")}
      >
        <ol className={classes.rows}>
          {sections.map((section, place) => (
            <li key={section.code} className={classes.card}>
              <SectionFields
                section={section}
                isFirst={place === 0}
                isLast={place === sections.length - 1}
                errors={errors}
                onChange={(next) => put(sections.map((one) => (one.code === section.code ? next : one)))}
                onMove={(step) => put(moved(sections, place, step))}
                onRemove={() => put(sections.filter(({ code }) => code !== section.code))}
              />
            </li>
          ))}
        </ol>
        {errors.get("sections") !== undefined && <p className={classes.refused}>{errors.get("sections")}</p>}
        <AddThing
          label={t("brandSettings.conclusion.code")}
          submit={t("brandSettings.conclusion.add")}
          taken={sections.map(({ code }) => code)}
          onAdd={(code) => put([...sections, { code, title: {}, hint: null, required: false }])}
        />
      </FieldGroup>
    </>
  );
}

interface SectionFieldsProps {
  section: TemplateSection;
  isFirst: boolean;
  isLast: boolean;
  errors: ReadonlyMap<string, string>;
  onChange: (section: TemplateSection) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

function SectionFields(props: SectionFieldsProps) {
  const { t } = useTranslation();
  const { section, errors, onChange } = props;
  const name = section.code;
  const hint = section.hint ?? {};
  return (
    <>
      <CardHead
        name={name}
        isFirst={props.isFirst}
        isLast={props.isLast}
        removeLabel={t("brandSettings.conclusion.remove", { name })}
        onMove={props.onMove}
        onRemove={props.onRemove}
      />
      <LocalizedField
        label={t("brandSettings.conclusion.heading")}
        name={`sections.${name}.title`}
        value={section.title}
        errors={errors}
        onChange={(title) => onChange({ ...section, title })}
      />
      <LocalizedField
        label={t("brandSettings.conclusion.hint")}
        name={`sections.${name}.hint`}
        value={hint}
        errors={errors}
        long
        optional
        onChange={(next) => {
          const isEmpty = Object.values(next).every((text) => text.trim() === "");
          onChange({ ...section, hint: isEmpty ? null : next });
        }}
      />
      <Checkbox
        label={t("brandSettings.conclusion.required")}
        checked={section.required ?? false}
        onChange={(event) => onChange({ ...section, required: event.currentTarget.checked })}
      />
    </>
  );
}
