/** Two cards of one human: which other one it is, both side by side, what stays, what follows, and why. Nothing is merged before the last press. */
import { MergeApi, type MergeObstacle, type MergePreview } from "@consilium/kit/api";
import { useFormats, useRegion } from "@consilium/kit/brand";
import { Button, Modal, Radio, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MergeWish } from "../../desk/desk.ts";
import { IconArrowsSort } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { fieldWords } from "../../ui/custom-fields.ts";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { isReason, REASON_MAX } from "../../ui/given-reason.ts";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import { Search } from "../../ui/Search.tsx";
import classes from "./Merge.module.css";
import {
  type Choice,
  chosen,
  FIELD_WORDS,
  newMerge,
  outcome,
  ownDifferences,
  sameFields,
  sameOwnFields,
  suggestedChoice,
} from "./merge.ts";
import { MERGE_PREVIEW_KEY, useFieldValue, useMergeChanged } from "./useMerge.ts";

/** Cards that a search shows: who finds too many writes on. */
const FOUND_MAX = 8;

export function MergeDialog({ wish, onClose }: { wish: MergeWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={wish !== null} onClose={onClose} title={t("merge.title")} size="xl">
      {wish !== null && <Steps key={`${wish.patientId} ${wish.otherId}`} wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ wish, onClose }: { wish: MergeWish; onClose: () => void }) {
  const [otherId, setOtherId] = useState(wish.otherId);
  const [swapped, setSwapped] = useState(false);
  if (otherId === null) return <Find patientId={wish.patientId} onFound={setOtherId} />;
  const [leading, merged] = swapped ? [otherId, wish.patientId] : [wish.patientId, otherId];
  return (
    <Seen
      key={leading}
      leading={leading}
      merged={merged}
      onSwap={() => setSwapped((before) => !before)}
      onClose={onClose}
    />
  );
}

/** The other card, by name, phone or e-mail. */
function Find({ patientId, onFound }: { patientId: string; onFound: (id: string) => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [q, setQ] = useState("");
  const { data } = useQuery({
    queryKey: ["patients", "merge", q],
    queryFn: () => api.patients({ q, limit: FOUND_MAX + 1 }),
    enabled: q.trim() !== "",
  });
  const found = (data?.items ?? []).filter(({ id }) => id !== patientId).slice(0, FOUND_MAX);
  return (
    <div className={classes.dialog}>
      <p className={classes.words}>{t("merge.findText")}</p>
      <Search value={q} onChange={setQ} label={t("patients.search")} />
      {data !== undefined && found.length === 0 && <p className={classes.hint}>{t("patients.noneTitle")}</p>}
      <ul className={classes.found} aria-label={t("merge.found")}>
        {found.map((row) => (
          <li key={row.id}>
            <button type="button" className={classes.row} onClick={() => onFound(row.id)}>
              <span className={classes.name}>{row.name}</span>
              <span className={classes.hint}>{row.phone ?? row.email ?? row.user_id}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SeenProps {
  leading: string;
  merged: string;
  onSwap: () => void;
  onClose: () => void;
}

function Seen({ leading, merged, onSwap, onClose }: SeenProps) {
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: [MERGE_PREVIEW_KEY, leading, merged],
    queryFn: () => new MergeApi(api.client).preview(leading, merged),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={6} rowHeight={32} />;
  }
  if (data.obstacle !== null) {
    return <Obstacle obstacle={data.obstacle} preview={data} onSwap={onSwap} onClose={onClose} />;
  }
  return (
    <Form key={data.seen} preview={data} onSwap={onSwap} onAgain={() => void refetch()} onClose={onClose} />
  );
}

interface ObstacleProps {
  obstacle: MergeObstacle;
  preview: MergePreview;
  onSwap: () => void;
  onClose: () => void;
}

function Obstacle({ obstacle, preview, onSwap, onClose }: ObstacleProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.dialog}>
      <Sides preview={preview} />
      <p className={classes.words} role="alert">
        {t(`merge.obstacle.${obstacle}`)}
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("close")}
        </Button>
        {obstacle === "leads_others" && <Button onClick={onSwap}>{t("merge.swap")}</Button>}
      </div>
    </div>
  );
}

/** Both cards, with what is under each. */
function Sides({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const value = useFieldValue();
  const locale = useRegion();
  const same = sameFields(preview);
  const sameOwn = sameOwnFields(preview);
  return (
    <div className={classes.sides}>
      {(["leading", "merged"] as const).map((side) => {
        const { card, counts } = preview[side];
        return (
          <section key={side} className={classes.side} aria-label={t(`merge.side.${side}`)}>
            <p className={classes.hint}>{t(`merge.side.${side}`)}</p>
            <h3>{card.name}</h3>
            <Facts
              facts={[
                { name: t("merge.login"), value: card.user_id },
                ...same
                  .filter((field) => field !== "name")
                  .map((field) => ({ name: t(FIELD_WORDS[field]), value: value(card, field) })),
                ...sameOwn.map((field) => ({ name: field.name, value: fieldWords(field, t, locale) })),
              ]}
            />
            <p className={classes.hint}>{t("merge.under", { ...counts })}</p>
            {counts.open_consultations > 0 && (
              <p className={classes.hint}>{t("merge.open", { count: counts.open_consultations })}</p>
            )}
            {counts.holds > 0 && <p className={classes.hint}>{t("merge.held", { count: counts.holds })}</p>}
          </section>
        );
      })}
    </div>
  );
}

interface FormProps {
  preview: MergePreview;
  onSwap: () => void;
  /** Looks at both again. */
  onAgain: () => void;
  onClose: () => void;
}

function Form({ preview, onSwap, onAgain, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const changed = useMergeChanged();
  const [choice, setChoice] = useState(() => suggestedChoice(preview));
  const [reason, setReason] = useState("");
  // One for each look at both: a repeated press merges once.
  const [requestId] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => {
      const merges = new MergeApi(api.client);
      return merges.merge(preview.leading.card.patient_id, newMerge(preview, choice, reason, requestId));
    },
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  const { byField, general } = refusals(sending.error, { reason: "reason" }, t);
  const isOld = general !== null || preview.differing_fields.some((id) => byField.has(`taken_fields.${id}`));
  return (
    <DialogForm
      submit={t("merge.submit")}
      isWhole={isReason(reason)}
      busy={sending.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => sending.mutate()}
    >
      <WereDismissed preview={preview} />
      <Sides preview={preview} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconArrowsSort size={16} stroke={1.75} />}
          onClick={onSwap}
        >
          {t("merge.swap")}
        </Button>
        {isOld && (
          <Button variant="default" size="sm" onClick={onAgain}>
            {t("rights.lookAgain")}
          </Button>
        )}
      </div>
      <Choices preview={preview} choice={choice} refused={byField} onChoice={setChoice} />
      <ul className={classes.follows}>
        <li>{t("merge.follows.shown", { name: outcome(preview, choice.taken).name })}</li>
        <li>{t("merge.follows.rooms")}</li>
        <li>{t("merge.follows.patient")}</li>
        <li>{t("merge.follows.kept")}</li>
        <li>{t("merge.follows.changes")}</li>
        <li>{t("merge.follows.undo")}</li>
      </ul>
      <Textarea
        label={t("retention.reason")}
        description={t("merge.reasonHint")}
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

/** That somebody said they are two people's: it stands in nobody's way. */
function WereDismissed({ preview: { dismissed } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  if (dismissed === null) return null;
  return (
    <p className={classes.words} role="note">
      {t("merge.wereDismissed", { name: dismissed.by.name, when: date(dismissed.at) })}
    </p>
  );
}

interface ChoicesProps {
  preview: MergePreview;
  choice: Choice;
  /** What the service refused, by `taken_fields.` and the id. */
  refused: ReadonlyMap<string, string>;
  onChoice: (choice: Choice) => void;
}

/** For each field in which they differ: whose word stays. */
function Choices({ preview, choice, refused, onChoice }: ChoicesProps) {
  const { t } = useTranslation();
  const locale = useRegion();
  const value = useFieldValue();
  const own = ownDifferences(preview);
  if (preview.differing.length === 0 && own.length === 0)
    return <p className={classes.hint}>{t("merge.nothingDiffers")}</p>;
  return (
    <>
      {preview.differing.map((field) => (
        <Whose
          key={field}
          label={t(FIELD_WORDS[field])}
          from={choice.taken.includes(field) ? "merged" : "leading"}
          said={(side) => value(preview[side].card, field)}
          onFrom={(from) => onChoice({ ...choice, taken: chosen(choice.taken, field, from) })}
        />
      ))}
      {own.map((difference) => (
        <Whose
          key={`fields.${difference.id}`}
          label={difference.name}
          from={choice.takenFields.includes(difference.id) ? "merged" : "leading"}
          said={(side) => fieldWords(difference[side], t, locale)}
          error={refused.get(`taken_fields.${difference.id}`)}
          onFrom={(from) =>
            onChoice({ ...choice, takenFields: chosen(choice.takenFields, difference.id, from) })
          }
        />
      ))}
    </>
  );
}

type From = "leading" | "merged";

interface WhoseProps {
  label: string;
  from: From;
  /** What a card says; null: nothing. */
  said: (side: From) => string | null;
  error?: ReactNode;
  onFrom: (from: From) => void;
}

function Whose({ label, from, said, error, onFrom }: WhoseProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={label}
      value={from}
      error={error}
      onChange={(value) => onFrom(value === "merged" ? "merged" : "leading")}
    >
      <div className={classes.sides}>
        {(["leading", "merged"] as const).map((side) => (
          <Radio key={side} value={side} label={said(side) ?? t("merge.nothing")} />
        ))}
      </div>
    </Radio.Group>
  );
}
