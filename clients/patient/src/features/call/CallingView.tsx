/** The patient calls: whom, that it rings there, how he will be seen, and one button to give up. */
import { useFormats } from "@consilium/kit/brand";
import type { CallPlace, Calls } from "@consilium/kit/calls";
import type { MediaCall } from "@consilium/kit/matrix";
import { Avatar, useReadable } from "@consilium/kit/ui";
import { CallTile, useTone } from "@consilium/kit/ui/call";
import { IconPhoneOff } from "@consilium/kit/ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { namesOf } from "./model.ts";
import css from "./Ring.module.css";
import { fullScreen } from "./screen.ts";

export interface CallingViewProps {
  calls: Calls;
  place: CallPlace & { at: "calling" };
  /** The consultation that was wanted, while the service has not named the call. */
  wanted: string | null;
}

export function CallingView({ calls, place, wanted }: CallingViewProps) {
  const { t } = useTranslation();
  const { call, kind, media } = place;
  const name = useOtherNames(call?.consultation_id ?? wanted);
  const isJoining = call?.state === "answered";
  useTone(call === null || isJoining ? null : "ring-back");
  return (
    <dialog
      ref={fullScreen}
      tabIndex={-1}
      className={css.screen}
      aria-labelledby="call-who"
      onCancel={(event) => event.preventDefault()}
    >
      <header className={css.from}>{t(kind === "video" ? "call.video" : "call.audio")}</header>
      <div className={css.who}>
        <span className={css.ringing} data-still={call === null}>
          <Avatar name={name} size="xl" />
        </span>
        <h1 id="call-who" className={css.name}>
          {name}
        </h1>
        <p className={css.kind} role="status">
          {t(call === null ? "call.preparing" : isJoining ? "call.answering" : "call.ringsThere")}
        </p>
        {call === null && <p className={css.hint}>{t("call.allow")}</p>}
        {media !== null && <OwnPreview media={media} />}
      </div>
      <div className={css.answers} data-alone="true">
        <button type="button" className={css.big} data-kind="decline" onClick={() => void calls.hangUp()}>
          <span className={css.round}>
            <IconPhoneOff size={34} stroke={1.75} aria-hidden />
          </span>
          {t("call.giveUp")}
        </button>
      </div>
    </dialog>
  );
}

function OwnPreview({ media }: { media: MediaCall }) {
  const members = useReadable(media.members);
  const own = useReadable(media.own);
  const self = members.find((member) => member.isSelf);
  if (self === undefined || self.camera === "off") return null;
  return (
    <div className={css.preview}>
      <CallTile member={self} size="small" show={media.show} isMirrored={own.facing === "user"} />
    </div>
  );
}

/** Those who take part, by name; the words for «a specialist» where the consultation is not known yet. */
export function useOtherNames(consultationId: string | null): string {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const formats = useFormats();
  const { data } = useQuery(queries.conversations(api));
  const names = namesOf(data?.conversations ?? [], consultationId);
  return names.length === 0 ? t("call.specialist") : formats.list(names);
}
