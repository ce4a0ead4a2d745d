/** A look and a listen before the patient is called: nobody is rung by one key alone. Enter calls. */
import type { CallKind } from "@consilium/kit/api";
import type { DeviceCheck } from "@consilium/kit/matrix";
import { DeviceCheckPanel, useDeviceCheck } from "@consilium/kit/ui/call";
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPhone, IconVideo } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loading } from "../../ui/Loadable.tsx";
import { useWishName } from "./CallDock.tsx";
import classes from "./DevicesDialog.module.css";
import type { CallTarget } from "./model.ts";
import { useStartCall } from "./useCallCommands.ts";

interface DevicesDialogProps {
  /** `null`: closed. */
  wish: (CallTarget & { call: CallKind }) | null;
  onClose: () => void;
}

export function DevicesDialog({ wish, onClose }: DevicesDialogProps) {
  const { t } = useTranslation();
  const name = useWishName(wish);
  return (
    <Modal opened={wish !== null} onClose={onClose} title={t("call.devicesTitle", { name })} size="md">
      {wish !== null && <Content wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Content({ wish, onClose }: { wish: NonNullable<DevicesDialogProps["wish"]>; onClose: () => void }) {
  const { t } = useTranslation();
  const { calls } = useConsole();
  const [kind, setKind] = useState<CallKind>(wish.call);
  const start = useStartCall();
  const check = useDeviceCheck(() => calls.check(), { microphone: true, camera: kind === "video" });
  const call = () => {
    check?.close();
    onClose();
    start(wish, kind);
  };
  return (
    <div className={classes.content}>
      <SegmentedControl
        fullWidth
        aria-label={t("call.kind")}
        value={kind}
        onChange={(value) => setKind(value === "video" ? "video" : "audio")}
        data={[
          { value: "audio", label: t("command.callAudio") },
          { value: "video", label: t("command.callVideo") },
        ]}
      />
      {check === null ? (
        <Loading rows={3} rowHeight={40} />
      ) : (
        <DeviceCheckPanel check={check} withCamera={kind === "video"} />
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <CallButton check={check} kind={kind} onCall={call} />
      </div>
    </div>
  );
}

const NOT_YET = { get: () => null, subscribe: () => () => undefined } as const;

interface CallButtonProps {
  /** `null`: on its way. */
  check: DeviceCheck | null;
  kind: CallKind;
  onCall: () => void;
}

function CallButton({ check, kind, onCall }: CallButtonProps) {
  const { t } = useTranslation();
  const isReady = useReadable<{ state: string } | null>(check?.microphone ?? NOT_YET)?.state === "on";
  const Icon = kind === "video" ? IconVideo : IconPhone;
  return (
    <Button
      // The keyboard lands here, ready or not: C, then Enter.
      data-autofocus
      aria-disabled={!isReady}
      data-disabled={isReady ? undefined : true}
      leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
      onClick={() => isReady && onCall()}
    >
      {t("call.call")}
    </Button>
  );
}
