/** Calling those who take part in the open consultation; an honest word where calls do not work. */
import type { Calls } from "@consilium/kit/calls";
import { useReadable } from "@consilium/kit/ui";
import { IconPhone, IconPhoneOff, IconVideo } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import { useCalls } from "../../app/calls.tsx";
import css from "./ConversationView.module.css";

export function CallButtons({ consultationId }: { consultationId: string }) {
  const { calls } = useCalls();
  return calls === null ? null : <Buttons calls={calls} consultationId={consultationId} />;
}

function Buttons({ calls, consultationId }: { calls: Calls; consultationId: string }) {
  const { t } = useTranslation();
  const { wish } = useCalls();
  const availability = useReadable(calls.availability);
  const place = useReadable(calls.place);
  const icon = { size: 26, stroke: 1.75, "aria-hidden": true } as const;
  if (place !== null) return null;
  if (availability.state === "unknown") return null;
  if (availability.state === "unavailable") {
    return (
      <button
        type="button"
        className={css.callOff}
        aria-label={t("talk.callsOff")}
        title={t("talk.callsOff")}
        onClick={() => wish.set({ want: "reason" })}
      >
        <IconPhoneOff {...icon} />
      </button>
    );
  }
  const ask = (kind: "audio" | "video") => () => wish.set({ want: "call", consultationId, kind });
  return (
    <>
      <button
        type="button"
        className={css.call}
        aria-label={t("talk.callAudio")}
        title={t("talk.callAudio")}
        onClick={ask("audio")}
      >
        <IconPhone {...icon} />
      </button>
      <button
        type="button"
        className={css.call}
        aria-label={t("talk.callVideo")}
        title={t("talk.callVideo")}
        onClick={ask("video")}
      >
        <IconVideo {...icon} />
      </button>
    </>
  );
}
