/** Title and shortcut of what is prepared: a canned reply, a macro. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Longest title and shortcut. Unit: characters. */
const TITLE_MAX = 100;
const SHORTCUT_MAX = 32;

interface Named {
  title: string;
  shortcut: string;
}

interface PreparedNamesProps {
  label: string;
  /** In which language it is prepared, where it is one. */
  lang?: string;
  value: Readonly<Named>;
  /** Why a field was refused, by its name. */
  refused: ReadonlyMap<string, string>;
  onChange: (part: Partial<Named>) => void;
}

export function PreparedNames({ label, lang, value, refused, onChange }: PreparedNamesProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        data-autofocus
        label={label}
        lang={lang}
        required
        maxLength={TITLE_MAX}
        value={value.title}
        error={refused.get("title")}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t("canned.shortcut")}
        description={t("canned.shortcutHint")}
        required
        maxLength={SHORTCUT_MAX}
        leftSection="/"
        lang={lang}
        value={value.shortcut}
        error={refused.get("shortcut")}
        onChange={(event) => onChange({ shortcut: event.currentTarget.value })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </>
  );
}
