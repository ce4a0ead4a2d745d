/** Somebody calls: who, from where, and two large buttons. A tap on a sentence declines with it. */
import { useBrand } from "@consilium/kit/brand";
import type { CallFailure, CallPlace, Calls } from "@consilium/kit/calls";
import { Avatar } from "@consilium/kit/ui";
import { DeviceTroubleNotice, isDeviceTrouble, useTone } from "@consilium/kit/ui/call";
import { IconChevronDown, IconPhone, IconPhoneOff, IconVideo } from "@consilium/kit/ui/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { markChecked, SENTENCES } from "./model.ts";
import css from "./Ring.module.css";
import { fullScreen } from "./screen.ts";
import { useTabTitle } from "./useTabTitle.ts";

export interface IncomingViewProps {
  calls: Calls;
  place: CallPlace & { at: "ringing" };
}

export function IncomingView({ calls, place }: IncomingViewProps) {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { call, answering } = place;
  const [failure, setFailure] = useState<CallFailure | null>(null);
  useTone(answering ? null : "ring");
  useTabTitle(t("call.tab", { name: call.caller_name }));
  const answer = (kind: "audio" | "video") => {
    setFailure(null);
    void calls.answer(kind).then((why) => {
      if (why === null) markChecked(kind);
      setFailure(why);
    });
  };
  const isVideo = call.kind === "video";
  return (
    <dialog
      ref={fullScreen}
      tabIndex={-1}
      className={css.screen}
      aria-labelledby="call-who"
      // A call is not lost by a stray Escape: it is declined by its button.
      onCancel={(event) => event.preventDefault()}
    >
      <header className={css.from}>{name}</header>
      <div className={css.who}>
        <span className={css.ringing} data-still={answering}>
          <Avatar name={call.caller_name} size="xl" />
        </span>
        <h1 id="call-who" className={css.name}>
          {call.caller_name}
        </h1>
        <p className={css.kind} role="status">
          {t(answering ? "call.answering" : isVideo ? "call.ringsVideo" : "call.ringsAudio")}
        </p>
        {failure !== null && <Failed failure={failure} />}
        {failure === null && answering && <p className={css.hint}>{t("call.allow")}</p>}
      </div>
      <div className={css.answers}>
        <button
          type="button"
          className={css.big}
          data-kind="decline"
          onClick={() => void calls.decline("none")}
        >
          <span className={css.round}>
            <IconPhoneOff size={34} stroke={1.75} aria-hidden />
          </span>
          {t("call.decline")}
        </button>
        <button
          type="button"
          className={css.big}
          data-kind="answer"
          aria-busy={answering}
          onClick={() => !answering && answer(call.kind)}
        >
          <span className={css.round}>
            {isVideo ? (
              <IconVideo size={34} stroke={1.75} aria-hidden />
            ) : (
              <IconPhone size={34} stroke={1.75} aria-hidden />
            )}
          </span>
          {t("call.answer")}
        </button>
      </div>
      <div className={css.other}>
        <button
          type="button"
          className={css.quiet}
          disabled={answering}
          onClick={() => answer(isVideo ? "audio" : "video")}
        >
          {isVideo ? (
            <IconPhone size={22} stroke={1.75} aria-hidden />
          ) : (
            <IconVideo size={22} stroke={1.75} aria-hidden />
          )}
          {t(isVideo ? "call.answerAudio" : "call.answerVideo")}
        </button>
        <Sentences onDecline={(reason) => void calls.decline(reason)} />
      </div>
    </dialog>
  );
}

function Sentences({ onDecline }: { onDecline: (reason: (typeof SENTENCES)[number]) => void }) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const [open, setOpen] = useState(false);
  return (
    <div className={css.sentences}>
      <button type="button" className={css.quiet} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("call.declineWith")}
        <IconChevronDown size={22} stroke={1.75} aria-hidden className={css.chevron} data-open={open} />
      </button>
      {open && (
        <ul role="list" className={css.list}>
          {SENTENCES.map((reason) => (
            <li key={reason}>
              <button type="button" className={css.sentence} onClick={() => onDecline(reason)}>
                {kit(`call.reason.${reason}`)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Failed({ failure }: { failure: CallFailure }) {
  const { t } = useTranslation("kit");
  if (isDeviceTrouble(failure)) return <DeviceTroubleNotice device="microphone" trouble={failure} />;
  return (
    <p className={css.failed} role="alert">
      <strong>{t(`call.failure.${failure}.title`)}</strong> {t(`call.failure.${failure}.text`)}
    </p>
  );
}
