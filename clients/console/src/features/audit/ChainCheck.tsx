/** Whether the log is whole: asked for by a button, and answered in words, with the hash that proves it later. */
import type { AuditProof } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Button, Modal, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconShieldCheck, IconShieldX } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./ChainCheck.module.css";

const PROOF = ["audit-proof"] as const;
/** A check that runs is asked after this often. */
const LOOK_MS = 1_000;

export function ChainCheck() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconShieldCheck size={16} stroke={1.75} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t("audit.proof.open")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("audit.proof.title")} size="md">
        {opened && <Check />}
      </Modal>
    </>
  );
}

function Check() {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const answer = useQuery({
    queryKey: PROOF,
    queryFn: () => api.auditProof(),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : false),
  });
  const begin = useMutation({
    mutationFn: () => api.proveAudit(),
    onSuccess: (proof) => client.setQueryData(PROOF, proof),
  });
  const ended = answer.data?.ended_at ?? null;
  // That it was checked is an entry of the log.
  useEffect(() => {
    if (ended !== null) void client.invalidateQueries({ queryKey: ["audit"] });
  }, [client, ended]);
  return (
    <div className={classes.check}>
      <p className={classes.words}>{t("audit.proof.text")}</p>
      <Loaded answer={answer} rows={2} rowHeight={24}>
        {(proof) => (
          <>
            <div role="status" className={classes.result}>
              <Result proof={proof} />
            </div>
            <Refusal error={begin.error} />
            <Button
              className={classes.begin}
              loading={begin.isPending || proof.state === "running"}
              onClick={() => begin.mutate()}
            >
              {t("audit.proof.begin")}
            </Button>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Result({ proof }: { proof: AuditProof }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { state, entries, checked, ended_at: at, by } = proof;
  if (state === "never") return null;
  if (state === "running")
    return (
      <>
        <p className={classes.words}>{t("audit.proof.running", { checked, entries })}</p>
        <Progress value={entries === 0 ? 0 : (100 * checked) / entries} aria-label={t("audit.proof.title")} />
      </>
    );
  return (
    <>
      {state === "whole" && <Whole proof={proof} />}
      {state === "broken" && <Broken proof={proof} />}
      {state === "failed" && <p className={classes.words}>{t("audit.proof.failed")}</p>}
      {at !== null && by !== null && (
        <p className={classes.muted}>
          {t("audit.proof.asked", { when: fullWhen(at, region), name: by.name })}
        </p>
      )}
    </>
  );
}

function Whole({ proof: { checked, head } }: { proof: AuditProof }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.verdict} data-whole>
        <IconShieldCheck size={20} stroke={1.75} aria-hidden />
        {t("audit.proof.whole", { entry: checked })}
      </p>
      <p className={classes.muted}>{t("audit.proof.head")}</p>
      <code className={classes.hash}>{head}</code>
    </>
  );
}

function Broken({ proof: { fault, checked } }: { proof: AuditProof }) {
  const { t } = useTranslation();
  if (fault === null) return null;
  const { kind, entry, written } = fault;
  return (
    <>
      <p className={classes.verdict}>
        <IconShieldX size={20} stroke={1.75} aria-hidden />
        {t(`audit.proof.fault.${kind}`, { entry, written: written ?? 0 })}
      </p>
      <p className={classes.words}>{t("audit.proof.before", { entry: checked })}</p>
      <p className={classes.words}>{t("audit.proof.remedy")}</p>
    </>
  );
}
