/** How a webhook stands, in words and a colour that only repeats them. */
import type { WebhookEndpoint } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import classes from "./Integrations.module.css";
import { type DeliveryTone, standingOf } from "./model.ts";

const TONES: Readonly<Record<ReturnType<typeof standingOf>, DeliveryTone>> = {
  on: "success",
  trouble: "warning",
  supervisor: "muted",
  failing: "danger",
  gone: "danger",
};

export function StandingWords({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const standing = standingOf(endpoint);
  return (
    <span className={classes.tone} data-tone={TONES[standing]}>
      {t(`webhooks.stands.${standing}`)}
    </span>
  );
}
