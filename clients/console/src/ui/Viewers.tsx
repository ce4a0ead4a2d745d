/** Who else has the same record open: quiet, beside its name. */
import type { Viewer } from "@consilium/kit/api";
import { Avatar } from "@consilium/kit/ui";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./Viewers.module.css";

/** More faces than this say no more than the words. */
const FACES_MAX = 3;

/** Who writes is what matters; else who looks. Those who write stand first. */
export function viewersWords([first, ...more]: readonly Viewer[], t: TFunction): string {
  if (first === undefined) return "";
  const { name } = first.operator;
  if (first.act === "writing") return t("viewing.writing", { name });
  if (more.length === 0) return t("viewing.looking", { name });
  return t("viewing.lookingMore", { name, count: more.length });
}

export function Viewers() {
  const { t } = useTranslation();
  const others = useReadable(useConsole().presence.others);
  const words = viewersWords(others, t);
  return (
    <p
      role="status"
      className={classes.viewers}
      title={others.map(({ operator }) => operator.name).join(", ")}
    >
      {others.length > 0 && (
        <>
          <span className={classes.faces} aria-hidden>
            {others.slice(0, FACES_MAX).map(({ operator }) => (
              <Avatar key={operator.id} name={operator.name} size="xs" />
            ))}
          </span>
          <span className={classes.words}>{words}</span>
        </>
      )}
    </p>
  );
}
