/** Two cards apart again: what each says then, by which rule, and why it is done. */
import { MergeApi, type PatientMerge } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SeparateWish } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { fieldWords } from "../../ui/custom-fields.ts";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { isReason, REASON_MAX } from "../../ui/given-reason.ts";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Merge.module.css";
import { CARD_FIELDS, FIELD_WORDS } from "./merge.ts";
import { MERGES_KEY, useFieldValue, useMergeChanged } from "./useMerge.ts";

export function SeparateDialog({ wish, onClose }: { wish: SeparateWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={wish !== null} onClose={onClose} title={t("merge.separate")} size="xl">
      {wish !== null && <Loader wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Loader({ wish, onClose }: { wish: SeparateWish; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: [MERGES_KEY, wish.patientId],
    queryFn: () => new MergeApi(api.client).of(wish.patientId),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={6} rowHeight={32} />;
  }
  const merge = data.merges.find(({ id }) => id === wish.mergeId);
  if (merge === undefined || merge.after === null)
    return (
      <p className={classes.words} role="alert">
        {t("merge.separateAlready")}
      </p>
    );
  return <Form merge={merge} after={merge.after} onClose={onClose} />;
}

interface FormProps {
  merge: PatientMerge;
  after: NonNullable<PatientMerge["after"]>;
  onClose: () => void;
}

function Form({ merge, after, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const changed = useMergeChanged();
  const value = useFieldValue();
  const locale = useRegion();
  const [reason, setReason] = useState("");
  const [requestId] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () =>
      new MergeApi(api.client).separate(merge.id, {
        version: merge.version,
        reason: reason.trim(),
        request_id: requestId,
      }),
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const { byField, general } = refusals(sending.error, { reason: "reason" }, t);
  return (
    <DialogForm
      submit={t("merge.separateSubmit")}
      isWhole={isReason(reason)}
      busy={sending.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => sending.mutate()}
    >
      <p className={classes.words}>{t("merge.separateText")}</p>
      <div className={classes.sides}>
        {[after.leading, after.merged].map((card) => (
          <section key={card.patient_id} className={classes.side} aria-label={card.user_id}>
            <h3>{card.name}</h3>
            <Facts
              facts={[
                { name: t("merge.login"), value: card.user_id },
                ...CARD_FIELDS.filter((field) => field !== "name").map((field) => ({
                  name: t(FIELD_WORDS[field]),
                  value: value(card, field),
                })),
                ...card.fields.map((field) => ({ name: field.name, value: fieldWords(field, t, locale) })),
              ]}
            />
          </section>
        ))}
      </div>
      <p className={classes.hint}>{t("merge.separateRule")}</p>
      <p className={classes.hint}>
        {t("merge.reasonWas", { name: merge.merged_by.name, reason: merge.reason })}
      </p>
      <Textarea
        data-autofocus
        label={t("retention.reason")}
        description={t("merge.separateReasonHint")}
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={REASON_MAX}
        value={reason}
        error={byField.get("reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
