/** How far a message got, told by shape: clock → one tick → two ticks → two ticks in a disc; a triangle when it failed. */
import { useTranslation } from "react-i18next";
import type { Delivery } from "../matrix/types.ts";
import css from "./DeliveryMark.module.css";
import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from "./icons.ts";

export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation("kit");
  const { state } = delivery;
  return (
    <span
      className={css.mark}
      data-state={state}
      role="img"
      aria-label={t(`delivery.${state}`)}
      title={t(`delivery.${state}`)}
    >
      <Shape state={state} />
    </span>
  );
}

function Shape({ state }: { state: Delivery["state"] }) {
  const props = { size: 16, stroke: 2, "aria-hidden": true } as const;
  switch (state) {
    case "queued":
    case "sending":
      return <IconClock {...props} />;
    case "sent":
      return <IconCheck {...props} />;
    case "delivered":
      return <IconChecks {...props} />;
    case "read":
      return <IconChecks {...props} size={14} />;
    case "failed":
      return <IconAlertTriangle {...props} />;
  }
}
