/** Who changed a section, when, what and why; and the way back. */
import type { SettingsDocument, SettingsVersion } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { NumberedHistory } from "../../history/NumberedHistory.tsx";
import { Differences } from "./Differences.tsx";
import { thingNames } from "./names.ts";
import { useSettingsApi, useSettingsHistory, useShown } from "./useSettings.ts";

export function History({ document }: { document: SettingsDocument }) {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const shown = useShown();
  const { section, version: newest } = document.section;
  const answer = useSettingsHistory(section, newest);
  const locale = useLocale();
  const names = useMemo(() => thingNames([document.content], locale), [document.content, locale]);
  if (newest === 0) return null;
  const did = ({ removed, restores }: SettingsVersion) => {
    if (removed) return t("brandSettings.did.removed");
    if (restores === 0) return t("brandSettings.did.folder");
    if (restores !== null) return t("brandSettings.did.restored", { version: restores });
    return t("brandSettings.did.changed");
  };
  return (
    <NumberedHistory
      title={t("brandSettings.history")}
      answer={answer}
      older={(before) => api.history(section, before)}
      restore={(version) => api.restore(section, { based_on: newest, version }).then(shown)}
      did={did}
      tell={(differences) => <Differences differences={differences} names={names} />}
    />
  );
}
