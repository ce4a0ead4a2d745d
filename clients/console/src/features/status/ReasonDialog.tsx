/** Why away or on a break: one press for the usual reasons, or own words. Colleagues and supervisors see it. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { REASONS, type ReasonedStatus } from "./model.ts";
import classes from "./ReasonDialog.module.css";
import { useStatus, useStatusKinds } from "./useStatus.ts";

const REASON_MAX = 120;

export function ReasonDialog({ status, onClose }: { status: ReasonedStatus | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={status !== null}
      onClose={onClose}
      title={status === null ? "" : t(`status.${status}`)}
      size="sm"
    >
      {status !== null && <Form status={status} onClose={onClose} />}
    </Modal>
  );
}

function Form({ status, onClose }: { status: ReasonedStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const control = useStatus();
  const kinds = useStatusKinds(status);
  const [text, setText] = useState("");
  const choose = (reason: string) => {
    void control.set(status, reason === "" ? undefined : reason);
    onClose();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        choose(text.trim());
      }}
    >
      <div className={classes.reasons}>
        {kinds.map((kind) => (
          <Button
            key={kind.id}
            variant="default"
            leftSection={<StatusDot status={kind.of} color={kind.color} />}
            onClick={() => {
              void control.set(status, text.trim() === "" ? undefined : text.trim(), kind);
              onClose();
            }}
          >
            {kind.name}
          </Button>
        ))}
        {REASONS[status].map((reason, index) => (
          <Button
            key={reason}
            variant="default"
            data-autofocus={index === 0 ? true : undefined}
            onClick={() => choose(t(`reason.${reason}`))}
          >
            {t(`reason.${reason}`)}
          </Button>
        ))}
      </div>
      <TextInput
        label={t("reason.own")}
        description={t("reason.hint")}
        maxLength={REASON_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit">{t(text.trim() === "" ? "reason.without" : "reason.set")}</Button>
    </form>
  );
}
