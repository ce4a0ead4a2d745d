/** What differs between two versions, field by field, in the words of the form. */
import type { SettingsDifference } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { Differences as Told } from "../../history/Differences.tsx";
import { nameOfField, useWords } from "./said.ts";

export function Differences({ differences }: { differences: readonly SettingsDifference[] }) {
  const { t } = useTranslation();
  const value = useWords();
  return <Told differences={differences} speech={{ name: (field) => nameOfField(field, t), value }} />;
}
