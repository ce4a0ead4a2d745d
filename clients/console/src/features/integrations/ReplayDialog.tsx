/** Sends what happened in a time again: what was missed, or everything. */
import type { WebhookEndpoint } from "@consilium/kit/api";
import { civil } from "@consilium/kit/brand";
import { Modal, Radio, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Integrations.module.css";
import { instantOf } from "./model.ts";
import { useRefreshed } from "./useWebhooks.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SERVER_FIELDS = { from: "from", to: "to" } as const;

interface ReplayDialogProps {
  endpoint: WebhookEndpoint;
  opened: boolean;
  onClose: () => void;
}

export function ReplayDialog({ endpoint, opened, onClose }: ReplayDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("webhooks.replay")}>
      {opened && <Form endpoint={endpoint} onClose={onClose} />}
    </Modal>
  );
}

function Form({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const refreshed = useRefreshed();
  const [from, setFrom] = useState(() => civil(Date.now() - DAY_MS));
  const [to, setTo] = useState(() => civil(Date.now() + MINUTE_MS));
  const [only, setOnly] = useState<"missed" | "all">("missed");
  const [start, end] = [instantOf(from), instantOf(to)];
  const replay = useMutation({
    mutationFn: (range: { from: string; to: string }) => api.webhooks.replay(endpoint.id, { ...range, only }),
    onSuccess: () => refreshed(null),
  });
  const { byField: refused, general } = refusals(replay.error, SERVER_FIELDS, t);
  const { data } = replay;
  return (
    <DialogForm
      submit={t("webhooks.replaySubmit")}
      isWhole={start !== null && end !== null}
      busy={replay.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => {
        if (start !== null && end !== null) replay.mutate({ from: start, to: end });
      }}
    >
      <TextInput
        data-autofocus
        type="datetime-local"
        label={t("webhooks.replayFrom")}
        value={from}
        error={refused.get("from")}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t("webhooks.replayTo")}
        value={to}
        error={refused.get("to")}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Radio.Group<"missed" | "all"> label={t("webhooks.replayWhat")} value={only} onChange={setOnly}>
        <div className={classes.choices}>
          <Radio value="missed" label={t("webhooks.replayMissed")} />
          <Radio value="all" label={t("webhooks.replayAll")} />
        </div>
      </Radio.Group>
      {data !== undefined && (
        <p role="status">
          {t("webhooks.replayed", { count: data.deliveries })} {data.more && t("webhooks.replayMore")}
        </p>
      )}
    </DialogForm>
  );
}
