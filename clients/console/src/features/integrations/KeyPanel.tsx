/** A key's card: what it may do, when it was used and from where, and its end. */
import type { ApiKey } from "@consilium/kit/api";
import { calendarDate, fullWhen, useRegion } from "@consilium/kit/brand";
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconKey, IconPencil, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Fact, Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import { Sure } from "../../ui/Sure.tsx";
import classes from "./Integrations.module.css";
import { KeyStandingWords } from "./KeyStandingWords.tsx";
import { lastDayOf, scopeWords } from "./key-model.ts";
import { useApiKeys, useKeyRefreshed } from "./useApiKeys.ts";

export function KeyPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useApiKeys();
  if (query.data === undefined) {
    if (!query.isError) return <Loading rows={6} rowHeight={28} />;
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
  const { expires_at: end, revoked_at: revoked, last_used_at: used, last_used_from: from } = apiKey;
  const ending: Fact =
    revoked === null
      ? {
          name: t("apiKeys.expires"),
          value: end === null ? t("apiKeys.endless") : calendarDate(lastDayOf(end), locale),
        }
      : { name: t("apiKeys.revokedAt"), value: fullWhen(revoked, locale) };
  return (
    <RecordPanel label={t("apiKeys.card")}>
      <h2>{apiKey.name}</h2>
      <Facts
        facts={[
          { name: t("apiKeys.standing"), value: <KeyStandingWords apiKey={apiKey} /> },
          {
            name: t("apiKeys.scopes"),
            value: apiKey.scopes.map((scope) => t(scopeWords(scope))).join(", "),
          },
          { name: t("apiKeys.beginning"), value: <code>{apiKey.beginning}…</code> },
          { name: t("apiKeys.created"), value: fullWhen(apiKey.created_at, locale) },
          ending,
          {
            name: t("apiKeys.lastUsed"),
            value: used === null ? t("apiKeys.never") : fullWhen(used, locale),
          },
          ...(from === null ? [] : [{ name: t("apiKeys.lastUsedFrom"), value: from }]),
        ]}
      />
      {revoked === null && <Acts apiKey={apiKey} />}
    </RecordPanel>
  );
}

function Acts({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { dialog } = useDesk();
  const refreshed = useKeyRefreshed();
  const [opened, setOpened] = useState(false);
  const revoke = useMutation({
    mutationFn: () => api.apiKeys.revoke(apiKey.id),
    onSuccess: (revoked) => {
      setOpened(false);
      refreshed(revoked);
    },
  });
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPencil size={16} stroke={1.75} />}
        onClick={() => dialog.set({ kind: "api-key", keyId: apiKey.id })}
      >
        {t("apiKeys.change")}
      </Button>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconTrash size={16} stroke={1.75} />}
        onClick={() => setOpened(true)}
      >
        {t("apiKeys.revoke")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("apiKeys.revoke")}>
        <Sure
          submit={t("apiKeys.revoke")}
          danger
          error={revoke.error}
          busy={revoke.isPending}
          onSure={() => revoke.mutate()}
          onBack={() => setOpened(false)}
        >
          <p>{t("apiKeys.revokeText", { name: apiKey.name })}</p>
        </Sure>
      </Modal>
    </div>
  );
}
