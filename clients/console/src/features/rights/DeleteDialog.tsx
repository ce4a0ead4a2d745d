/** The end of a patient’s account in two steps: what goes, what stays and why it is done; and then for good. */
import type { Deletion } from "@consilium/kit/api";
import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { isReason, REASON_MAX } from "../../ui/given-reason.ts";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { Sure } from "../../ui/Sure.tsx";
import classes from "./Rights.module.css";
import { Stays } from "./Stays.tsx";
import { useDeletion, useRightsChanged } from "./useRights.ts";

interface DeleteDialogProps {
  patientId: string | null;
  onClose: () => void;
}

export function DeleteDialog({ patientId, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={patientId !== null} onClose={onClose} title={t("rights.deleteTitle")}>
      {patientId !== null && <Steps patientId={patientId} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data, error, isError, refetch, isFetching } = useDeletion(patientId);
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={4} rowHeight={32} />;
  }
  if (data.blocked !== null)
    return (
      <div className={classes.sure}>
        <p className={classes.words} role="alert">
          {t(`rights.blocked.${data.blocked.by}`)}
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
          <Button loading={isFetching} onClick={() => void refetch()}>
            {t("rights.lookAgain")}
          </Button>
        </div>
      </div>
    );
  if (sure)
    return (
      <LastLook
        plan={data}
        patientId={patientId}
        reason={reason.trim()}
        onBack={() => setSure(false)}
        onClose={onClose}
      />
    );
  return (
    <DialogForm
      submit={t("rights.on")}
      isWhole={isReason(reason)}
      busy={false}
      refused={null}
      onClose={onClose}
      onSubmit={() => setSure(true)}
    >
      <p className={classes.words}>{t("rights.goes", { count: data.goes })}</p>
      <Stays deletion={data} />
      <Textarea
        data-autofocus
        label={t("rights.reason")}
        description={t("rights.reasonHint")}
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

interface LastLookProps {
  plan: Deletion;
  patientId: string;
  reason: string;
  onBack: () => void;
  onClose: () => void;
}

function LastLook({ plan, patientId, reason, onBack, onClose }: LastLookProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const changed = useRightsChanged();
  const deleting = useMutation({
    mutationFn: () => api.rights.endOf(patientId, reason),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <Sure
      submit={t("rights.forGood")}
      danger
      back={t("back")}
      error={deleting.error}
      busy={deleting.isPending}
      onSure={() => deleting.mutate()}
      onBack={onBack}
    >
      <p className={classes.words}>
        <strong>{t("rights.sureTitle")}</strong>
      </p>
      <p className={classes.words}>{t("rights.sureGoes")}</p>
      <ul className={classes.remains}>
        {plan.remains.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={classes.words}>{t("rights.reasonWas", { reason })}</p>
    </Sure>
  );
}
