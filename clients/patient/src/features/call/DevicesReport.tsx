/** Tells the desk of a consultation what came of the test, as soon as that is known; and the patient that it is told. */
import type { DeviceState } from "@consilium/kit/api";
import type { DeviceCheck } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session.tsx";
import { deviceState, roundTrip } from "./model.ts";

interface DevicesReportProps {
  check: DeviceCheck;
  consultationId: string;
}

export function DevicesReport({ check, consultationId }: DevicesReportProps) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const microphone = deviceState(useReadable(check.microphone));
  const camera = deviceState(useReadable(check.camera));
  const [told, setTold] = useState<DeviceState | null>(null);
  useEffect(() => {
    if (microphone === null) return;
    let isCurrent = true;
    const tell = async () => {
      const time = await roundTrip(() => api.callAvailability());
      if (!isCurrent) return;
      await api.checkDevices(consultationId, { microphone, camera, round_trip_ms: time });
      if (isCurrent) setTold(microphone);
    };
    // Without it the desk knows as little as before; the patient has seen for himself.
    tell().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [api, consultationId, microphone, camera]);
  return (
    <p role="status">{told !== null && t(told === "works" ? "call.checkTold" : "call.checkToldTrouble")}</p>
  );
}
