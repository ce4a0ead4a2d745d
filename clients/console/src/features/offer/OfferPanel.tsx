/** The desk offers a patient to this operator: said and heard over whatever one does, with the time that is left to take him. */
import { Avatar } from "@consilium/kit/ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconArrowForwardUp, IconCheck } from "../../icons.ts";
import { useNow, useReadable } from "../../live/hooks.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { asPane } from "../../ui/Pane.tsx";
import { type MyOffer, remaining, secondsLeft } from "./model.ts";
import classes from "./OfferPanel.module.css";
import { useOffer } from "./useOffer.ts";

export function OfferPanel() {
  const offer = useOffer();
  if (offer === null) return null;
  return <Panel key={`${offer.row.id}|${offer.until}`} offer={offer} />;
}

function Panel({ offer }: { offer: MyOffer }) {
  const { row, until, length } = offer;
  const { t } = useTranslation();
  const { actions } = useConsole();
  const state = useReadable(actions.states).get(row.id);
  const busy = state?.status === "busy" ? state.verb : null;
  const left = useSecondsLeft(offer);
  const { name, age, sex } = whose(row);
  const about = [age === null ? null : String(age), sex === null ? null : t(`sexShort.${sex}`)]
    .filter((part) => part !== null)
    .join(" ");
  return (
    <section
      {...asPane("offer")}
      className={classes.panel}
      role="alertdialog"
      aria-labelledby={`offer-${until}`}
      aria-modal="false"
    >
      <div className={classes.who}>
        <Avatar name={name} size="md" />
        <div className={classes.words}>
          <h2 id={`offer-${until}`} className={classes.name}>
            {name} {about !== "" && <span className={classes.about}>{about}</span>}
          </h2>
          <p className={classes.about} role="status">
            {t("offer.title", { queue: row.queue.name })}
          </p>
          <p className={classes.about}>
            {t("offer.waits")} <Elapsed since={row.requested_at} />
          </p>
        </div>
        <span className={classes.left} role="timer" aria-label={t("offer.left", { count: left })}>
          {left}
        </span>
      </div>
      <progress className={classes.bar} max={length} value={left * 1_000} aria-hidden="true" />
      <div className={classes.buttons}>
        <CommandButton
          id="offer.take"
          size="sm"
          loading={busy === "take"}
          icon={<IconCheck size={18} stroke={1.75} />}
        />
        <CommandButton
          id="offer.pass"
          size="sm"
          variant="default"
          loading={busy === "pass"}
          icon={<IconArrowForwardUp size={18} stroke={1.75} />}
        />
      </div>
    </section>
  );
}

/** Counted from when this page heard of it: the server's clock and this machine's may differ. */
function useSecondsLeft(offer: MyOffer): number {
  const now = useNow();
  const [end] = useState(() => Date.now() + remaining(offer, Date.now()));
  return secondsLeft(end, now);
}
