/** Language and light or dark: the same two switches in both apps. */
import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBrand, useLocale } from "../brand/BrandProvider.tsx";
import { changeLanguage } from "../brand/i18n.ts";
import { ChoiceGroup } from "./ChoiceGroup.tsx";
import { IconDeviceDesktop, IconMoon, IconSun } from "./icons.ts";

/** A language in its own name: «Русский», «English». */
export function languageName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** Nothing where the brand speaks one language only. */
export function LanguageSwitch({ labelVisible = true }: { labelVisible?: boolean }) {
  const { t } = useTranslation("kit");
  const { languages } = useBrand();
  const locale = useLocale();
  if (languages.length < 2) return null;
  return (
    <ChoiceGroup
      label={t("language.label")}
      labelVisible={labelVisible}
      value={locale}
      onChange={(language) => void changeLanguage(language)}
      choices={languages.map((code) => ({ value: code, label: languageName(code), lang: code }))}
    />
  );
}

export function ThemeSwitch({ labelVisible = true }: { labelVisible?: boolean }) {
  const { t } = useTranslation("kit");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ChoiceGroup<MantineColorScheme>
      label={t("theme.label")}
      labelVisible={labelVisible}
      value={colorScheme}
      onChange={setColorScheme}
      choices={[
        { value: "light", label: t("theme.light"), icon: <IconSun size={20} stroke={1.75} aria-hidden /> },
        { value: "dark", label: t("theme.dark"), icon: <IconMoon size={20} stroke={1.75} aria-hidden /> },
        {
          value: "auto",
          label: t("theme.auto"),
          icon: <IconDeviceDesktop size={20} stroke={1.75} aria-hidden />,
        },
      ]}
    />
  );
}
