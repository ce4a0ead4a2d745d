/**
 * One member of a call: the picture, or the avatar where there is none; the name; what the microphone, the voice and the line do.
 *
 * While the line is down the last picture stands: a picture that was there is not taken away until the call goes on without it.
 */
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CallMember, MediaCall } from "../../matrix/index.ts";
import { Avatar } from "../Avatar.tsx";
import { IconMicrophoneOff, IconShield } from "../icons.ts";
import css from "./CallTile.module.css";
import { QualityBars } from "./QualityBars.tsx";

export interface CallTileProps {
  member: CallMember;
  source?: "camera" | "screen";
  /** Puts the picture into an element: `MediaCall.show`. */
  show: MediaCall["show"];
  /** `small`: one's own picture in the corner, and the strip beside a shared screen. */
  size?: "large" | "small";
  /** Nothing comes: the last picture stands. */
  isFrozen?: boolean;
  /** One's own picture as in a mirror. */
  isMirrored?: boolean;
}

export function CallTile(props: CallTileProps) {
  const { member, source = "camera", size = "large", isFrozen = false, isMirrored = false } = props;
  const { t } = useTranslation("kit");
  const has = usePicture(member, source, isFrozen);
  const name = member.isSelf ? t("call.you") : member.name;
  return (
    <figure
      className={css.tile}
      data-size={size}
      data-source={source}
      data-picture={has}
      data-frozen={isFrozen}
      data-speaking={member.isSpeaking && source === "camera"}
    >
      {has ? (
        <Picture
          {...props}
          source={source}
          label={t(labelOf(member, source), { name })}
          mirrored={isMirrored}
        />
      ) : (
        <div className={css.face}>
          <Avatar name={member.name} size={size === "large" ? "xl" : "md"} />
          {size === "large" && <span className={css.faceName}>{name}</span>}
        </div>
      )}
      {!member.isEncrypted && <Unsafe />}
      <figcaption className={css.caption}>
        <span className={css.name}>{source === "screen" ? t("call.screenOf", { name }) : name}</span>
        {member.microphone !== "on" && source === "camera" && (
          <span className={css.muted} role="img" aria-label={t("call.muted")}>
            <IconMicrophoneOff size={size === "large" ? 20 : 16} stroke={2} aria-hidden />
          </span>
        )}
        {!member.isSelf && source === "camera" && <QualityBars quality={member.quality} />}
      </figcaption>
      {member.isSpeaking && source === "camera" && <span className="unseen">{t("call.speaking")}</span>}
    </figure>
  );
}

function labelOf(member: CallMember, source: "camera" | "screen"): string {
  if (source === "screen") return "call.screenOf";
  return member.isSelf ? "call.ownPicture" : "call.pictureOf";
}

/** Whether there is a picture to show: never one that came without protection. */
function usePicture(member: CallMember, source: "camera" | "screen", isFrozen: boolean): boolean {
  const has = source === "screen" ? member.screen : member.camera === "on";
  const before = useRef(has);
  useEffect(() => {
    if (!isFrozen) before.current = has;
  }, [has, isFrozen]);
  return member.isEncrypted && (has || (isFrozen && before.current));
}

function Picture({
  member,
  source,
  show,
  label,
  mirrored,
}: Pick<CallTileProps, "member" | "show"> & {
  source: "camera" | "screen";
  label: string;
  mirrored: boolean;
}) {
  const ref = useRef<HTMLVideoElement>(null);
  const { identity } = member;
  useEffect(() => {
    const video = ref.current;
    return video === null ? undefined : show(identity, source, video);
  }, [show, identity, source]);
  return (
    <video
      ref={ref}
      className={css.picture}
      data-mirrored={mirrored && source === "camera"}
      aria-label={label}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
    />
  );
}

function Unsafe() {
  const { t } = useTranslation("kit");
  return (
    <p className={css.unsafe} role="alert">
      <IconShield size={24} stroke={1.75} aria-hidden />
      <span>{t("call.unsafe")}</span>
    </p>
  );
}
