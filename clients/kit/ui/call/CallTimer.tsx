/** How long the call has been on, in figures that keep their width. */
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "../../brand/formats.ts";

export interface CallTimerProps {
  /** Milliseconds since 1970. */
  since: number;
  className?: string | undefined;
}

export function CallTimer({ since, className }: CallTimerProps) {
  const { t } = useTranslation("kit");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const time = clock(seconds);
  return (
    <time
      role="timer"
      className={className}
      dateTime={`PT${seconds}S`}
      aria-label={t("call.timer", { time })}
    >
      {time}
    </time>
  );
}
