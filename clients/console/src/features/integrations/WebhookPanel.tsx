/** A webhook's card: how it stands, what it is told, what can be done with it, and the log of its deliveries. */
import type { WebhookEndpoint, WebhookSecret } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Button, Modal, Switch } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconHistory, IconKey, IconPencil, IconSend, IconTrash, IconWebhook } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { Sure } from "../../ui/Sure.tsx";
import { DeliveryLog } from "./DeliveryLog.tsx";
import classes from "./Integrations.module.css";
import { hostOf } from "./model.ts";
import { ReplayDialog } from "./ReplayDialog.tsx";
import { ShownSecret } from "./ShownSecret.tsx";
import { StandingWords } from "./StandingWords.tsx";
import { useRefreshed, useWebhooks } from "./useWebhooks.ts";

export function WebhookPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useWebhooks();
  if (query.data === undefined) {
    if (!query.isError) return <Loading rows={6} rowHeight={28} />;
    return <Problem error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />;
  }
  const endpoint = query.data.endpoints.find((each) => each.id === id);
  if (endpoint === undefined) {
    return <Nothing icon={<IconWebhook size={32} stroke={1.5} />} title={t("webhooks.unknown")} />;
  }
  return <Loaded endpoint={endpoint} />;
}

function Loaded({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const { events, fields } = endpoint;
  return (
    <RecordPanel label={t("webhooks.card")}>
      <h2>{endpoint.description || hostOf(endpoint.url)}</h2>
      <Facts
        facts={[
          { name: t("webhooks.url"), value: <code>{endpoint.url}</code> },
          { name: t("webhooks.standing"), value: <StandingWords endpoint={endpoint} /> },
          ...(endpoint.failing_since === null
            ? []
            : [{ name: t("webhooks.failingSince"), value: fullWhen(endpoint.failing_since, locale) }]),
          {
            name: t("webhooks.events"),
            value: events.map((event) => t(`webhooks.event.${event}`)).join(", "),
          },
          {
            name: t("webhooks.fields"),
            value: fields.map((field) => t(`webhooks.field.${field}`)).join(", ") || t("webhooks.noFields"),
          },
          ...(endpoint.former_secret_until === null
            ? []
            : [{ name: t("webhooks.formerSecret"), value: fullWhen(endpoint.former_secret_until, locale) }]),
        ]}
      />
      <Acts endpoint={endpoint} />
      <DeliveryLog endpoint={endpoint} />
    </RecordPanel>
  );
}

function Acts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { dialog } = useDesk();
  const refreshed = useRefreshed();
  const [replaying, setReplaying] = useState(false);
  const toggle = useMutation({
    mutationFn: (on: boolean) => api.webhooks.change(endpoint.id, { on }),
    onSuccess: refreshed,
  });
  const test = useMutation({
    mutationFn: () => api.webhooks.test(endpoint.id),
    onSuccess: () => refreshed(null),
  });
  const failed = toggle.error ?? test.error;
  return (
    <div className={classes.acts}>
      <Switch
        checked={endpoint.on}
        disabled={toggle.isPending}
        label={t("webhooks.switch")}
        onChange={(event) => toggle.mutate(event.currentTarget.checked)}
      />
      <div className={classes.buttons}>
        <Button
          size="sm"
          leftSection={<IconSend size={16} stroke={1.75} />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t("webhooks.test")}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPencil size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "webhook", webhookId: endpoint.id })}
        >
          {t("webhooks.change")}
        </Button>
        <Button
          variant="default"
          size="sm"
          disabled={!endpoint.on}
          leftSection={<IconHistory size={16} stroke={1.75} />}
          onClick={() => setReplaying(true)}
        >
          {t("webhooks.replay")}
        </Button>
        <ReplaceSecret endpoint={endpoint} />
        <Remove endpoint={endpoint} />
      </div>
      {test.isSuccess && <p role="status">{t("webhooks.tested")}</p>}
      <Refusal error={failed} />
      <ReplayDialog endpoint={endpoint} opened={replaying} onClose={() => setReplaying(false)} />
    </div>
  );
}

/** Two presses: what signs now stops tomorrow. */
function ReplaceSecret({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const refreshed = useRefreshed();
  const [opened, setOpened] = useState(false);
  const [made, setMade] = useState<WebhookSecret | null>(null);
  const replace = useMutation({
    mutationFn: () => api.webhooks.replaceSecret(endpoint.id),
    onSuccess: (answer) => {
      refreshed(answer.endpoint);
      setMade(answer);
    },
  });
  const close = () => {
    setOpened(false);
    setMade(null);
    replace.reset();
  };
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconKey size={16} stroke={1.75} />}
        onClick={() => setOpened(true)}
      >
        {t("webhooks.replaceSecret")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t(made === null ? "webhooks.replaceSecret" : "webhooks.secretTitle")}
        closeOnClickOutside={made === null}
      >
        {made !== null ? (
          <ShownSecret
            secret={made.secret}
            text={t("webhooks.secretText")}
            done={t("webhooks.secretDone")}
            note={t("webhooks.formerNote")}
            onClose={close}
          />
        ) : (
          <Sure
            submit={t("webhooks.replaceSecret")}
            error={replace.error}
            busy={replace.isPending}
            onSure={() => replace.mutate()}
            onBack={close}
          >
            <p>{t("webhooks.replaceSecretText")}</p>
          </Sure>
        )}
      </Modal>
    </>
  );
}

function Remove({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { open } = useDesk();
  const refreshed = useRefreshed();
  const [opened, setOpened] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.webhooks.remove(endpoint.id),
    onSuccess: () => {
      open(null);
      refreshed({ id: endpoint.id, removed: true });
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconTrash size={16} stroke={1.75} />}
        onClick={() => setOpened(true)}
      >
        {t("webhooks.remove")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("webhooks.remove")}>
        <Sure
          submit={t("webhooks.remove")}
          danger
          error={remove.error}
          busy={remove.isPending}
          onSure={() => remove.mutate()}
          onBack={() => setOpened(false)}
        >
          <p>{t("webhooks.removeText", { host: hostOf(endpoint.url) })}</p>
        </Sure>
      </Modal>
    </>
  );
}
