/** What stands in the fields of a consultation, in the card beside the talk, and what is missing there before the close. Nothing where the brand has none. */
import { useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconPencil } from "../../icons.ts";
import { useRow } from "../../live/hooks.ts";
import { fieldWords } from "../../ui/custom-fields.ts";
import { Facts } from "../../ui/Facts.tsx";
import classes from "./Fields.module.css";
import { useFields } from "./useFields.ts";

export function FieldsPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const fields = useFields(id).data ?? [];
  const missing = new Set((useRow(id)?.missing_fields ?? []).map((field) => field.id));
  if (fields.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t("fields.label")}>
      <h3>{t("fields.label")}</h3>
      <Facts
        facts={fields.map((field) => ({
          name: field.name,
          value: missing.has(field.id) ? (
            <span className={classes.missing}>{t("fields.needed")}</span>
          ) : (
            fieldWords(field, t, locale)
          ),
        }))}
      />
      <CommandButton
        id="consultation.fields"
        size="compact-sm"
        variant="default"
        icon={<IconPencil size={14} stroke={1.75} />}
      />
    </section>
  );
}
