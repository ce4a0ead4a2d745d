/** How a key stands, in words and a colour that only repeats them. */
import type { ApiKey } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { useNow } from "../../live/hooks.ts";
import classes from "./Integrations.module.css";
import { keyStandingOf } from "./key-model.ts";

export function KeyStandingWords({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const standing = keyStandingOf(apiKey, useNow());
  return (
    <span className={classes.tone} data-tone={standing === "good" ? "success" : "muted"}>
      {t(`apiKeys.stands.${standing}`)}
    </span>
  );
}
