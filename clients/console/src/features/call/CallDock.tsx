/** The call of this console: a part of the desk over the talk, or a window of its own. Stays whatever section one works in. */
import type { Call } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import type { CallPlace } from "@consilium/kit/calls";
import { Avatar } from "@consilium/kit/ui";
import {
  CallTile,
  DeviceTroubleNotice,
  endTitle,
  isDeviceTrouble,
  useTone,
  useTurnTones,
} from "@consilium/kit/ui/call";
import { ActionIcon, Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlertTriangle, IconPhoneOff, IconPhoneX, IconX } from "../../icons.ts";
import { useBoard, useCallbackRow, useReadable, useRow } from "../../live/hooks.ts";
import { isOpenCallback } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { asPane } from "../../ui/Pane.tsx";
import classes from "./CallDock.module.css";
import { CallPanel } from "./CallPanel.tsx";
import { FloatingWindow } from "./FloatingWindow.tsx";
import { againTarget, type CallTarget, offersAgain } from "./model.ts";
import { useCallPlace } from "./useCallCommands.ts";

export function CallDock() {
  const { t } = useTranslation();
  const { callPanel, callFailure } = useDesk();
  const { volume } = useReadable(useConsole().prefs.prefs);
  const place = useCallPlace();
  const floats = useReadable(callPanel) === "floating";
  const failed = useReadable(callFailure) !== null;
  useTurnTones(place?.at ?? null, volume);
  const isIn = place?.at === "in";
  useEffect(() => {
    if (!isIn) callPanel.set("docked");
  }, [isIn, callPanel]);
  return (
    <section
      {...asPane("call", failed || draws(place))}
      className={classes.dock}
      aria-label={t("call.panel")}
      hidden={isHidden(place, floats)}
    >
      <Failure />
      {place?.at === "calling" && <Calling place={place} />}
      {isIn && !floats && <CallPanel place={place} />}
      {isIn && floats && (
        <FloatingWindow title={t("call.panel")} onClose={() => callPanel.set("docked")}>
          <CallPanel place={place} />
        </FloatingWindow>
      )}
      {place?.at === "over" && <Over place={place} />}
    </section>
  );
}

/** What rings has a panel of its own. */
function draws(place: CallPlace | null): boolean {
  return place !== null && place.at !== "ringing";
}

/** Nothing of it takes room then; a failure draws itself. */
function isHidden(place: CallPlace | null, floats: boolean): boolean {
  return place?.at === "in" && floats;
}

/** The patient's name as the desk knows it: of the call's consultation, else of the call-back in its conversation. */
export function usePatientName(call: Pick<Call, "consultation_id" | "conversation_id"> | null): string {
  const { t } = useTranslation();
  const { callbacks } = useBoard();
  const row = useRow(call?.consultation_id ?? null);
  const ordered = [...callbacks.values()].find(
    (each) => each.conversation_id === call?.conversation_id && isOpenCallback(each),
  );
  return row?.patient.name ?? ordered?.name ?? t("role.patient");
}

export function useWishName(wish: CallTarget | null): string {
  const { t } = useTranslation();
  const row = useRow(wish !== null && "consultationId" in wish ? wish.consultationId : null);
  const callback = useCallbackRow(wish !== null && "callbackId" in wish ? wish.callbackId : null);
  return row?.patient.name ?? callback?.name ?? t("role.patient");
}

function Calling({ place }: { place: CallPlace & { at: "calling" } }) {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { call, kind, media } = place;
  const name = usePatientName(call);
  const { volume } = useReadable(prefs.prefs);
  const isJoining = call?.state === "answered";
  useTone(call === null || isJoining ? null : "ring-back", volume);
  const words = isJoining ? "call.answering" : kind === "video" ? "call.ringsVideo" : "call.ringsAudio";
  return (
    <div className={classes.line}>
      {media === null || kind === "audio" ? <Avatar name={name} size="sm" /> : <OwnPicture media={media} />}
      <p className={classes.words} role="status">
        <strong>{name}</strong>
        <span>{t(call === null ? "call.preparing" : words)}</span>
      </p>
      <CommandButton
        id="call.hang-up"
        color="red"
        size="sm"
        icon={<IconPhoneOff size={16} stroke={1.75} />}
      />
    </div>
  );
}

function OwnPicture({ media }: { media: NonNullable<(CallPlace & { at: "calling" })["media"]> }) {
  const self = useReadable(media.members).find((member) => member.isSelf);
  if (self === undefined) return null;
  return (
    <div className={classes.own}>
      <CallTile member={self} size="small" show={media.show} isMirrored />
    </div>
  );
}

/** How it ended, and once more. */
function Over({ place }: { place: CallPlace & { at: "over" } }) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { clock } = useFormats();
  const { calls, me } = useConsole();
  const { dialog } = useDesk();
  const { callbacks } = useBoard();
  const { call, why } = place;
  const name = usePatientName(call);
  const { decline_reason: reason } = call;
  const target = offersAgain(why) ? againTarget(call, callbacks.values(), me.operator?.id ?? null) : null;
  const about =
    why === "completed" && call.talked_seconds > 0
      ? clock(call.talked_seconds)
      : why === "declined" && reason !== null && reason !== "none"
        ? `«${kit(`call.reason.${reason}`)}»`
        : null;
  return (
    <div className={classes.line}>
      <IconPhoneX size={20} stroke={1.75} aria-hidden />
      <p className={classes.words} role="status">
        <strong>{kit(endTitle(call, why, "staff"))}</strong>
        <span>{[name, about].filter((part) => part !== null).join(" · ")}</span>
      </p>
      {target !== null && (
        <Button
          size="sm"
          onClick={() => {
            calls.dismiss();
            dialog.set(
              "callbackId" in target
                ? { kind: "call-back", ...target, call: call.kind }
                : { kind: "call", ...target, call: call.kind },
            );
          }}
        >
          {t("call.again")}
        </Button>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("close")}
        onClick={() => calls.dismiss()}
      >
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}

/** Why the last call did not come about. */
function Failure() {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { callFailure } = useDesk();
  const failure = useReadable(callFailure);
  if (failure === null) return null;
  return (
    <div className={classes.line} data-tone={isDeviceTrouble(failure) ? "warning" : "danger"}>
      {isDeviceTrouble(failure) ? (
        <div className={classes.words}>
          <DeviceTroubleNotice device="microphone" trouble={failure} />
        </div>
      ) : (
        <>
          <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
          <p className={classes.words} role="alert">
            <strong>{kit(`call.failure.${failure}.title`)}</strong>
            <span>{kit(`call.failure.${failure}.text`)}</span>
          </p>
        </>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("close")}
        onClick={() => callFailure.set(null)}
      >
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
