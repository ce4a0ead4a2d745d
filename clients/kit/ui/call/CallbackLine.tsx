/** A step of a call-back in the conversation: ordered and for when, taken, not reached, done. */
import { useTranslation } from "react-i18next";
import { useFormats } from "../../brand/formats.ts";
import type { CallbackItem } from "../../matrix/types.ts";
import { IconCircleCheck, IconCircleX, IconClock, IconPhoneCall, IconPhoneX, IconUser } from "../icons.ts";
import css from "./CallLine.module.css";

export interface CallbackLineProps {
  item: CallbackItem;
}

export function CallbackLine({ item }: CallbackLineProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const { step, window, timeZone } = item;
  const when = window === null ? t("callback.soon") : formats.window(window, timeZone);
  return (
    <div className={css.line} data-missed={step === "no_answer"}>
      <p className={css.words}>
        <StepIcon step={step} />
        <span>{t(`callback.line.${step}`, { when })}</span>
        <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
      </p>
    </div>
  );
}

function StepIcon({ step }: { step: CallbackItem["step"] }) {
  const props = { size: 20, stroke: 1.75, "aria-hidden": true } as const;
  switch (step) {
    case "ordered":
      return <IconPhoneCall {...props} />;
    case "moved":
      return <IconClock {...props} />;
    case "taken":
      return <IconUser {...props} />;
    case "no_answer":
      return <IconPhoneX {...props} />;
    case "done":
      return <IconCircleCheck {...props} />;
    case "cancelled":
      return <IconCircleX {...props} />;
  }
}
