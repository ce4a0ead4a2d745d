/** Documents that a person can read at any time: their titles and versions, and their texts where the folder's files are not to be shown. */
import type { LegalDocumentSettings } from "@consilium/kit/api";
import { useBrand, useLocale } from "@consilium/kit/brand";
import { Anchor, Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import type { Legal } from "../model.ts";
import classes from "../Settings.module.css";
import { ThingList } from "../ThingList.tsx";
import { today } from "./today.ts";

export function LegalForm({ value, errors, onChange }: FormProps<Legal>) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <FieldGroup hint={t("brandSettings.legal.hint")}>
      <ThingList<LegalDocumentSettings>
        kind="document"
        things={value.documents}
        nameOf={({ title }) => title[locale] ?? ""}
        wrong={errors.get("documents")}
        begin={(id) => ({ id, version: today(), title: {}, files: {}, texts: {} })}
        onChange={(documents) => onChange({ documents })}
      >
        {(document, put) => (
          <>
            <LocalizedField
              label={t("brandSettings.legal.title")}
              name={`documents.${document.id}.title`}
              value={document.title}
              errors={errors}
              onChange={(title) => put({ title })}
            />
            <TextInput
              label={t("brandSettings.version")}
              description={t("brandSettings.versionHint")}
              required
              value={document.version}
              error={errors.get(`documents.${document.id}.version`)}
              onChange={(event) => put({ version: event.currentTarget.value })}
              autoComplete="off"
            />
            <DocumentText document={document} errors={errors} put={put} />
          </>
        )}
      </ThingList>
    </FieldGroup>
  );
}

interface DocumentTextProps {
  document: LegalDocumentSettings;
  errors: ReadonlyMap<string, string>;
  put: (part: Partial<LegalDocumentSettings>) => void;
}

/** The text as it is written here; or that the folder's files say it, and the way to write it here. */
function DocumentText({ document, errors, put }: DocumentTextProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { server } = useBrand();
  const { id, texts, files } = document;
  const hasFiles = Object.keys(files ?? {}).length > 0;
  if (texts === null || texts === undefined) {
    return (
      <>
        <p className={classes.muted}>
          {t("brandSettings.legal.fromFolder")}{" "}
          <Anchor
            href={`${server.patient_url}/brand/legal/${id}?language=${locale}`}
            target="_blank"
            rel="noreferrer"
            inherit
            underline="always"
          >
            {t("brandSettings.legal.read")}
          </Anchor>
        </p>
        {errors.get(`documents.${id}.files`) !== undefined && (
          <p className={classes.refused} role="alert">
            {errors.get(`documents.${id}.files`)}
          </p>
        )}
        <Button className={classes.add ?? ""} size="sm" variant="default" onClick={() => put({ texts: {} })}>
          {t("brandSettings.legal.writeHere")}
        </Button>
      </>
    );
  }
  return (
    <>
      <LocalizedField
        label={t("brandSettings.legal.text")}
        name={`documents.${id}.texts`}
        value={texts}
        errors={errors}
        long
        onChange={(next) => put({ texts: next })}
      />
      <p className={classes.muted}>{t("brandSettings.legal.textHint")}</p>
      {hasFiles && (
        <Button
          className={classes.add ?? ""}
          size="sm"
          variant="default"
          onClick={() => put({ texts: null })}
        >
          {t("brandSettings.legal.takeFiles")}
        </Button>
      )}
    </>
  );
}
