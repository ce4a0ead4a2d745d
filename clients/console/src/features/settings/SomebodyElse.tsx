/** That a colleague has the same section open and changes it: said before either of them saves. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { IconAlertTriangle } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./Settings.module.css";

export function SomebodyElse({ isChanged }: { isChanged: boolean }) {
  const { t } = useTranslation();
  const { presence } = useConsole();
  const others = useReadable(presence.others);
  useEffect(() => {
    presence.setUnsaved(isChanged);
    return () => presence.setUnsaved(false);
  }, [presence, isChanged]);
  const writes = others.find(({ act }) => act === "writing");
  if (writes === undefined) return null;
  return (
    <div className={classes.warning} role="status">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{t("brandSettings.editedToo", { name: writes.operator.name })}</span>
    </div>
  );
}
