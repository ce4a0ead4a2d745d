/**
 * The pictures of a call: the others large, one's own small in a corner, a shared screen before everything.
 * What the line does stands over the pictures, which stay where they are.
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallMember, MediaCall, MediaPhase } from "../../matrix/index.ts";
import { IconCameraRotate, IconVolume, IconWifiOff } from "../icons.ts";
import { useReadable } from "../useReadable.ts";
import css from "./CallStage.module.css";
import { CallTile } from "./CallTile.tsx";

export interface CallStageProps {
  media: MediaCall;
  /** A stage in a corner of the app: the others only, no words over the pictures but the banner. */
  isTile?: boolean;
  /** Over the words for one who waits: who is to come. */
  waiting?: ReactNode;
}

export function CallStage({ media, isTile = false, waiting }: CallStageProps) {
  const phase = useReadable(media.phase);
  const own = useReadable(media.own);
  const isFrozen = phase === "stalled" || phase === "reconnecting";
  const members = useLastMembers(useReadable(media.members), isFrozen);
  const self = members.find((member) => member.isSelf);
  const others = members.filter((member) => !member.isSelf);
  const screen = members.find((member) => member.screen && !member.isSelf) ?? null;
  const mirrors = own.facing === "user";
  const shared = { show: media.show, isFrozen };
  return (
    <div className={css.stage} data-tile={isTile} data-screen={screen !== null} data-count={others.length}>
      {screen !== null && (
        <div className={css.screen}>
          <CallTile member={screen} source="screen" {...shared} />
        </div>
      )}
      <div className={css.others}>
        {others.map((member) => (
          <CallTile
            key={member.identity}
            member={member}
            size={screen === null && !isTile ? "large" : "small"}
            {...shared}
          />
        ))}
        {others.length === 0 && (
          <div className={css.alone}>
            {waiting}
            <Waiting phase={phase} />
          </div>
        )}
      </div>
      {self !== undefined && self.camera === "on" && !isTile && (
        <div className={css.self}>
          <CallTile member={self} size="small" show={media.show} isMirrored={mirrors} />
          {own.canSwitchCamera && <Flip media={media} />}
        </div>
      )}
      <LineBanner phase={phase} />
      {!isTile && <Offers media={media} canDropPicture={own.camera} />}
    </div>
  );
}

/** The other camera, on the picture that it changes. */
function Flip({ media }: { media: MediaCall }) {
  const { t } = useTranslation("kit");
  const [busy, setBusy] = useState(false);
  const flip = () => {
    setBusy(true);
    // Why a camera did not open stands in `own.trouble`.
    void media
      .switchCamera()
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      className={css.flip}
      aria-label={t("call.hint.flip")}
      title={t("call.hint.flip")}
      aria-busy={busy}
      onClick={() => !busy && flip()}
    >
      <IconCameraRotate size={24} stroke={1.75} aria-hidden />
    </button>
  );
}

/** While the line is down the media server's list may be empty: those who were there still are, as far as one can see. */
function useLastMembers(members: readonly CallMember[], isFrozen: boolean): readonly CallMember[] {
  const last = useRef(members);
  useEffect(() => {
    if (!isFrozen || members.length >= last.current.length) last.current = members;
  }, [members, isFrozen]);
  return isFrozen && members.length < last.current.length ? last.current : members;
}

function Waiting({ phase }: { phase: MediaPhase }) {
  const { t } = useTranslation("kit");
  return <p role="status">{t(phase === "joining" ? "call.joining" : "call.alone")}</p>;
}

/** Over the last picture, never in its place. */
function LineBanner({ phase }: { phase: MediaPhase }) {
  const { t } = useTranslation("kit");
  const down = phase === "stalled" || phase === "reconnecting";
  return (
    <div role="status" className={css.line}>
      {down && (
        <p className={css.banner}>
          <IconWifiOff size={22} stroke={1.75} aria-hidden />
          <span>{t(`call.${phase}`)}</span>
        </p>
      )}
    </div>
  );
}

function Offers({ media, canDropPicture }: { media: MediaCall; canDropPicture: boolean }) {
  const { t } = useTranslation("kit");
  const silenced = useReadable(media.isSilenced);
  const weak = useReadable(media.isWeak);
  const [kept, setKept] = useState(false);
  useEffect(() => {
    if (!weak) setKept(false);
  }, [weak]);
  return (
    <>
      {silenced && (
        <button type="button" className={css.silenced} onClick={() => void media.resumeSound()}>
          <IconVolume size={32} stroke={1.75} aria-hidden />
          <strong>{t("call.silenced")}</strong>
          <span>{t("call.silencedText")}</span>
        </button>
      )}
      {weak && canDropPicture && !kept && !silenced && (
        <div className={css.offer} role="status">
          <p>{t("call.weak")}</p>
          <div className={css.offerButtons}>
            <button type="button" className={css.strong} onClick={() => void media.setCamera(false)}>
              {t("call.weakOff")}
            </button>
            <button type="button" onClick={() => setKept(true)}>
              {t("call.weakKeep")}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
