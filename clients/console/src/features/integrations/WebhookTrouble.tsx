/** A webhook that the service switched off: said over the whole desk until a supervisor has looked. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlertTriangle } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { needsLooking } from "./model.ts";
import { useWebhooks } from "./useWebhooks.ts";

interface WebhookTroubleProps {
  className: string | undefined;
  buttonsClassName: string | undefined;
}

export function WebhookTrouble({ className, buttonsClassName }: WebhookTroubleProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { place, open } = useDesk();
  const { data } = useWebhooks(me.role === "supervisor");
  const off = data?.endpoints.filter(needsLooking) ?? [];
  const [first] = off;
  if (first === undefined || place.section === "integrations") return null;
  return (
    <p className={className} data-tone="warning" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{t("webhooks.troubleBanner", { count: off.length })}</span>
      <span className={buttonsClassName}>
        <Button size="compact-sm" variant="default" onClick={() => open(first.id, "integrations")}>
          {t("webhooks.troubleShow")}
        </Button>
      </span>
    </p>
  );
}
