/** How to reach the partner outside the app. */
import type { ContactsSettings } from "@consilium/kit/api";
import { TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps, LocalizedField } from "./fields.tsx";

const FIELDS = [
  ["phone", "tel"],
  ["emergency_phone", "tel"],
  ["email", "email"],
] as const;

/** What else security.txt may say is the brand folder's; without it the service has its own way. */
const NOTHING_MORE = { expires: null, languages: [], policy: null };

export function ContactsForm({ value, errors, onChange }: FormProps<ContactsSettings>) {
  const { t } = useTranslation();
  return (
    <FieldGroup hint={t("brandSettings.contactsHint")}>
      {FIELDS.map(([field, kind]) => (
        <TextInput
          key={field}
          type={kind}
          label={t(`brandSettings.contact.${field}`)}
          value={value[field] ?? ""}
          error={errors.get(field)}
          onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value.trim() || null })}
          autoComplete="off"
        />
      ))}
      <LocalizedField
        label={t("brandSettings.contact.address")}
        name="address"
        value={value.address ?? {}}
        errors={errors}
        optional
        onChange={(address) => {
          const isEmpty = Object.values(address).every((text) => text.trim() === "");
          onChange({ ...value, address: isEmpty ? null : address });
        }}
      />
      <TagsInput
        label={t("brandSettings.contact.security")}
        description={t("brandSettings.contact.securityHint")}
        value={[...(value.security?.contacts ?? [])]}
        error={errors.get("security.contacts")}
        splitChars={[",", " "]}
        acceptValueOnBlur
        maxTags={5}
        onChange={(contacts) => {
          const before = value.security ?? NOTHING_MORE;
          onChange({ ...value, security: contacts.length === 0 ? null : { ...before, contacts } });
        }}
      />
    </FieldGroup>
  );
}
