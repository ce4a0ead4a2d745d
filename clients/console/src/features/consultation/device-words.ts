/** What a patient's device did in a test, in words for who is about to call. */
import type { ConsultationRow } from "@consilium/kit/api";
import type { TFunction } from "i18next";

type Checked = NonNullable<ConsultationRow["device_check"]>;

export function deviceWords({ microphone, camera, connection }: Checked, t: TFunction): string {
  const parts = [
    t(`queueCard.device.microphone.${microphone}`),
    camera === null ? "" : t(`queueCard.device.camera.${camera}`),
    connection === null ? "" : t(`queueCard.device.connection.${connection}`),
  ];
  return parts.filter(Boolean).join(", ");
}

/** Whether a call is not worth trying as it stands. */
export function isTroubled({ microphone, connection }: Checked): boolean {
  return microphone !== "works" || connection === "poor";
}
