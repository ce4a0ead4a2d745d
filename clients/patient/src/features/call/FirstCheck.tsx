/** Before the first call from this device: one sees oneself, hears that one is heard, and reads what to press where the browser refuses. */
import type { CallKind } from "@consilium/kit/api";
import type { Calls } from "@consilium/kit/calls";
import type { DeviceCheck } from "@consilium/kit/matrix";
import { Dialog, SkeletonList, useReadable } from "@consilium/kit/ui";
import { DeviceCheckPanel, useDeviceCheck } from "@consilium/kit/ui/call";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CallWish } from "../../app/calls.tsx";
import { DevicesReport } from "./DevicesReport.tsx";
import { markChecked } from "./model.ts";

export interface FirstCheckProps {
  calls: Calls;
  wish: Exclude<CallWish, { want: "reason" }>;
  onClose: () => void;
  onCall: (kind: CallKind) => void;
}

export function FirstCheck({ calls, wish, onClose, onCall }: FirstCheckProps) {
  const { t } = useTranslation();
  const kind = wish.want === "call" ? wish.kind : "video";
  const check = useDeviceCheck(() => calls.check(), { microphone: true, camera: kind === "video" });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(kind === "video" ? "call.checkTitle" : "call.checkTitleAudio")}
      footer={
        wish.want === "check" || check === null ? (
          <Button variant="default" onClick={onClose}>
            {t("call.close")}
          </Button>
        ) : (
          <CallButtons check={check} kind={kind} onCall={onCall} />
        )
      }
    >
      {check === null ? (
        <SkeletonList rows={3} rowHeight={64} label={t("call.preparing")} />
      ) : (
        <>
          <p>{t(textKey(wish))}</p>
          <DeviceCheckPanel check={check} withCamera={kind === "video"} />
          {wish.want === "check" && wish.consultationId !== undefined && (
            <DevicesReport check={check} consultationId={wish.consultationId} />
          )}
        </>
      )}
    </Dialog>
  );
}

function textKey(wish: FirstCheckProps["wish"]): string {
  if (wish.want === "check") return "call.checkAloneText";
  return wish.kind === "video" ? "call.checkText" : "call.checkTextAudio";
}

/** Without a camera one may still talk; without a microphone there is nothing to call with. */
function CallButtons({
  check,
  kind,
  onCall,
}: {
  check: DeviceCheck;
  kind: CallKind;
  onCall: (kind: CallKind) => void;
}) {
  const { t } = useTranslation();
  const microphone = useReadable(check.microphone);
  const camera = useReadable(check.camera);
  const ready = microphone.state === "on";
  const call = (as: CallKind) => {
    markChecked(as);
    check.close();
    onCall(as);
  };
  if (kind === "video" && camera.trouble !== null) {
    return (
      <Button disabled={!ready} onClick={() => call("audio")}>
        {t("call.callWithoutVideo")}
      </Button>
    );
  }
  return (
    <Button disabled={!ready || (kind === "video" && camera.state !== "on")} onClick={() => call(kind)}>
      {t(kind === "video" ? "call.callVideo" : "call.callAudio")}
    </Button>
  );
}
