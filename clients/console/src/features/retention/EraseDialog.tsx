/** Erases a record by hand, in two steps: why, and then, with what goes and what stays in front of the eyes, for good. */
import { Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EraseWish } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { isReason, REASON_MAX } from "../../ui/given-reason.ts";
import { Sure } from "../../ui/Sure.tsx";
import classes from "./Retention.module.css";
import { useRetentionChanged } from "./useRetention.ts";

export function EraseDialog({ wish, onClose }: { wish: EraseWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={wish !== null} onClose={onClose} title={t("retention.eraseTitle")}>
      {wish !== null && <Steps wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ wish, onClose }: { wish: EraseWish; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  if (sure)
    return <LastLook wish={wish} reason={reason.trim()} onBack={() => setSure(false)} onClose={onClose} />;
  return (
    <DialogForm
      submit={t("retention.eraseOn")}
      isWhole={isReason(reason)}
      busy={false}
      refused={null}
      onClose={onClose}
      onSubmit={() => setSure(true)}
    >
      <p className={classes.words}>{t("retention.eraseText", { name: wish.name, about: wish.about })}</p>
      <Textarea
        data-autofocus
        label={t("retention.reason")}
        description={t("retention.eraseReasonHint")}
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function LastLook({
  wish,
  reason,
  onBack,
  onClose,
}: {
  wish: EraseWish;
  reason: string;
  onBack: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const changed = useRetentionChanged();
  const erasing = useMutation({
    mutationFn: () => api.retention.erase(wish.consultationId, reason),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <Sure
      submit={t("retention.eraseForGood")}
      danger
      back={t("back")}
      error={erasing.error}
      busy={erasing.isPending}
      onSure={() => erasing.mutate()}
      onBack={onBack}
    >
      <p className={classes.words}>
        <strong>{t("retention.sureTitle", { name: wish.name, about: wish.about })}</strong>
      </p>
      <p className={classes.words}>{t("retention.sureGoes")}</p>
      <p className={classes.words}>{t("retention.sureStays")}</p>
      <p className={classes.words}>{t("retention.sureReason", { reason })}</p>
    </Sure>
  );
}
