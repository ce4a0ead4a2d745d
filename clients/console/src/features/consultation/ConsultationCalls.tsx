/** The calls of a consultation, in its card: how each ended and how long it took. */
import { useFormats } from "@consilium/kit/brand";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./ConsultationHistory.module.css";

const SHOWN = 20;

/** Nothing while there is none: most consultations are written. */
export function ConsultationCalls({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { open } = useDesk();
  const { clock } = useFormats();
  const { data } = useQuery({
    queryKey: ["calls", "consultation", id],
    queryFn: () => api.callRows({ consultation: id, limit: SHOWN }),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className={classes.history} aria-label={t("section.calls")}>
      <h3 className={classes.title}>{t("section.calls")}</h3>
      <ol className={classes.entries}>
        {data.items.map((call) => (
          <li key={call.id} className={classes.entry}>
            <button type="button" className={classes.link} onClick={() => open(call.id, "calls")}>
              <span className={classes.line}>
                <span>
                  {t(`calls.kinds.${call.kind}`)}
                  {call.talked_seconds > 0 && ` · ${clock(call.talked_seconds)}`}
                </span>
                <When at={call.started_at} className={classes.quiet} />
              </span>
              <span className={classes.quiet}>
                {t(call.outcome === null ? `calls.state.${call.state}` : `calls.outcome.${call.outcome}`)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
