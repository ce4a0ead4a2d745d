/** The desk offers a patient to this operator: said and heard over whatever one does, with the time that is left to take him. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconArrowForwardUp, IconCheck } from "../../icons.ts";
import { useNow, useReadable } from "../../live/hooks.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { AskingPanel } from "../../ui/AskingPanel.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { type MyOffer, remaining, secondsLeft } from "./model.ts";
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
    <AskingPanel
      asks="offer"
      id={`offer-${until}`}
      name={name}
      title={
        <>
          {name} {about !== "" && <small>{about}</small>}
        </>
      }
      words={
        <>
          <p role="status">{t("offer.title", { queue: row.queue.name })}</p>
          <p>
            {t("offer.waits")} <Elapsed since={row.requested_at} />
          </p>
        </>
      }
      left={left}
      length={length}
    >
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
    </AskingPanel>
  );
}

/** Counted from when this page heard of it: the server's clock and this machine's may differ. */
function useSecondsLeft(offer: MyOffer): number {
  const now = useNow();
  const [end] = useState(() => Date.now() + remaining(offer, Date.now()));
  return secondsLeft(end, now);
}
