/** What went back to the queue while one's console was silent: over the desk until one has read it. */
import type { ReturnedConsultation } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useOpenWhereItIs } from "../../desk/useOpenWhereItIs.ts";
import { IconAlertTriangle } from "../../icons.ts";
import { useMyOperator, useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { unread } from "./model.ts";

/** More than this are one line that counts them. */
const SHOWN_MAX = 3;

interface ReturnedLinesProps {
  className: string | undefined;
  buttonsClassName: string | undefined;
}

export function ReturnedLines({ className, buttonsClassName }: ReturnedLinesProps) {
  const { t } = useTranslation();
  const { api, prefs } = useConsole();
  const { returnedSeen } = useReadable(prefs.prefs);
  const open = useOpenWhereItIs();
  const me = useMyOperator();
  // Who was lost has another status when he is back.
  const { data } = useQuery({
    queryKey: ["returned", me?.id, me?.status_since],
    queryFn: () => api.returned(),
    enabled: me !== null,
  });
  const news = unread(data ?? [], returnedSeen);
  const [latest] = news;
  if (latest === undefined) return null;
  return (
    <>
      {news.slice(0, SHOWN_MAX).map((one) => (
        <p
          key={`${one.consultation_id}|${one.returned_at}`}
          className={className}
          data-tone="warning"
          role="alert"
        >
          <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
          <span>
            {words(one, t)} <When at={one.returned_at} />
          </span>
          <span className={buttonsClassName}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => open({ consultation_id: one.consultation_id, callback_id: null })}
            >
              {t("returned.show")}
            </Button>
            {one === latest && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => prefs.change({ returnedSeen: one.returned_at })}
              >
                {t("understood")}
              </Button>
            )}
          </span>
        </p>
      ))}
      {news.length > SHOWN_MAX && (
        <p className={className} data-tone="warning">
          <span>{t("returned.more", { count: news.length - SHOWN_MAX })}</span>
        </p>
      )}
    </>
  );
}

function words({ patient, phase, lead }: ReturnedConsultation, t: TFunction): string {
  const { name } = patient;
  if (lead !== null) return t("returned.led", { name, lead: lead.name });
  return t(phase === "queued" ? "returned.waits" : "returned.over", { name });
}
