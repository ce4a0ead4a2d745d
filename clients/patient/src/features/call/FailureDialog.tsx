/** Why there is no call, and what helps. */
import type { CallTrouble } from "@consilium/kit/api";
import type { CallFailure } from "@consilium/kit/calls";
import { Dialog } from "@consilium/kit/ui";
import { DeviceTroubleNotice, isDeviceTrouble } from "@consilium/kit/ui/call";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface FailureDialogProps {
  /** Why this call was not made, or why none can be made. */
  failure: CallFailure | CallTrouble;
  onClose: () => void;
}

export function FailureDialog({ failure, onClose }: FailureDialogProps) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const footer = <Button onClick={onClose}>{t("call.understood")}</Button>;
  if (isDeviceTrouble(failure)) {
    return (
      <Dialog open onClose={onClose} title={t("call.noCall")} footer={footer}>
        <DeviceTroubleNotice device="microphone" trouble={failure} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={kit(`call.failure.${failure}.title`)} footer={footer}>
      <p>{kit(`call.failure.${failure}.text`)}</p>
    </Dialog>
  );
}
