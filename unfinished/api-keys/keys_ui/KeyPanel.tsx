/** A key's card: what it may do, when it was used, and its end. */
import type { ApiKey } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullWhen } from "../../format.ts";
import { IconKey, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import classes from "./Integrations.module.css";
import { KeyStanding } from "./KeysView.tsx";
import { Sure } from "./Sure.tsx";
import { KEYS, useApiKeys } from "./useApiKeys.ts";

export function KeyPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useApiKeys();
  if (query.data === undefined) {
    if (!query.isError) return <Loading rows={5} rowHeight={28} />;
    return <Problem error={query.error} onRetry={() => void query.refetch()} busy={query.isFetching} />;
  }
  const apiKey = query.data.keys.find((each) => each.id === id);
  if (apiKey === undefined) {
    return <Nothing icon={<IconKey size={32} stroke={1.5} />} title={t("apiKeys.unknown")} />;
  }
  return <Loaded apiKey={apiKey} />;
}

function Loaded({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const at = (time: string | null, none: string) => (time === null ? t(none) : fullWhen(time, locale));
  return (
    <RecordPanel label={t("apiKeys.card")}>
      <h2>{apiKey.name}</h2>
      <Facts
        facts={[
          { name: t("apiKeys.standing"), value: <KeyStanding apiKey={apiKey} /> },
          {
            name: t("apiKeys.scopes"),
            value: apiKey.scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(", "),
          },
          { name: t("apiKeys.beginning"), value: <code>{apiKey.beginning}…</code> },
          { name: t("apiKeys.created"), value: fullWhen(apiKey.created_at, locale) },
          { name: t("apiKeys.expires"), value: at(apiKey.expires_at, "apiKeys.endless") },
          { name: t("apiKeys.lastUsed"), value: at(apiKey.last_used_at, "apiKeys.never") },
        ]}
      />
      {apiKey.revoked_at === null && <Revoke apiKey={apiKey} />}
    </RecordPanel>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.apiKeys.revoke(apiKey.id),
    onSuccess: () => {
      setOpened(false);
      void client.invalidateQueries({ queryKey: KEYS });
    },
  });
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconTrash size={16} stroke={1.75} />}
        onClick={() => setOpened(true)}
      >
        {t("apiKeys.revoke")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("apiKeys.revoke")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Sure
          text={t("apiKeys.revokeText", { name: apiKey.name })}
          submit={t("apiKeys.revoke")}
          danger
          error={revoke.error}
          busy={revoke.isPending}
          onSure={() => revoke.mutate()}
          onClose={() => setOpened(false)}
        />
      </Modal>
    </div>
  );
}
