/** Why a microphone or a camera does not open, and what to press. */
import { useTranslation } from "react-i18next";
import type { DeviceTrouble } from "../../matrix/index.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";

export interface DeviceTroubleNoticeProps {
  device: "microphone" | "camera";
  trouble: DeviceTrouble;
  onRetry?: () => void;
  isRetrying?: boolean;
}

export function DeviceTroubleNotice({
  device,
  trouble,
  onRetry,
  isRetrying = false,
}: DeviceTroubleNoticeProps) {
  const { t } = useTranslation("kit");
  const words = `call.trouble.${device}.${trouble}`;
  return (
    <ErrorNotice
      tone="warning"
      title={t(`${words}.title`)}
      text={t(trouble === "denied" && isPhone() ? `${words}.phone` : `${words}.text`)}
      action={
        onRetry === undefined
          ? undefined
          : { label: t("call.trouble.again"), onClick: onRetry, loading: isRetrying }
      }
    />
  );
}

/** Phones keep permissions in their own settings; there is no sign beside the address to press. */
function isPhone(): boolean {
  return /iPhone|iPad|iPod|Android/.test(navigator.userAgent);
}
