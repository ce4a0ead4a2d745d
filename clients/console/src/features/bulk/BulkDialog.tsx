/** One act on several rows: before it what becomes of how many, after it what was refused and why. */
import type { BulkFate } from "@consilium/kit/api";
import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { BulkWish } from "../../desk/desk.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { Ahead } from "./Ahead.tsx";
import { BulkFields } from "./BulkFields.tsx";
import { BulkOutcome } from "./BulkOutcome.tsx";
import { actOf, type BulkAct, type BulkForm, EMPTY_FORM, opposite, told } from "./model.ts";
import { useBulk } from "./useBulk.ts";

interface BulkDialogProps {
  /** `null`: the dialog is closed. */
  wish: BulkWish | null;
  onClose: () => void;
}

export function BulkDialog({ wish, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      size="lg"
      title={wish === null ? "" : t(`bulk.title.${wish.kind}`, { count: wish.rows.length })}
    >
      {wish !== null && <Inside wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function Inside({ wish, onClose }: { wish: BulkWish; onClose: () => void }) {
  const [fates, setFates] = useState<readonly BulkFate[] | null>(null);
  if (fates !== null) return <BulkOutcome wish={wish} fates={fates} onClose={onClose} />;
  return <Form wish={wish} onClose={onClose} onRefused={setFates} />;
}

/** What came of it, and the act that takes it back. */
interface Sent {
  readonly back: BulkAct | null;
  readonly fates: readonly BulkFate[];
}

interface FormProps {
  wish: BulkWish;
  onClose: () => void;
  onRefused: (fates: readonly BulkFate[]) => void;
}

function Form({ wish, onClose, onRefused }: FormProps) {
  const { t } = useTranslation();
  const { bulkDone } = useDesk();
  const macros = useReadable(useConsole().macros.items);
  const { act, carryAway } = useBulk(wish);
  const { kind, rows, settle } = wish;
  const macroOf = ({ macroId }: BulkForm) => (macroId === null ? null : (macros.get(macroId) ?? null));
  const { form, change, errorOf, dialog } = useDialogForm<BulkForm, Sent>({
    begin: () => EMPTY_FORM,
    send: async (typed) => {
      const wanted = actOf(kind, typed, macroOf(typed));
      if (wanted === null) return { back: null, fates: await carryAway() };
      return { back: opposite(wanted), fates: await act(wanted) };
    },
    fields: { "act.note": "note", "act.macro_id": "macroId" },
    onSaved: ({ back, fates }) => {
      const { done, unchanged, refused, notTried } = told(fates);
      settle([...done, ...unchanged]);
      if (back !== null && done.length > 0) bulkDone.set({ kind, ids: done, back });
      else if (done.length > 0)
        notifications.show({ message: t(`bulk.did.${kind}`, { count: done.length }) });
      if (refused.length + notTried.length > 0) onRefused(fates);
      else onClose();
    },
  });
  const isWhole = kind === "export" || actOf(kind, form, macroOf(form)) !== null;
  return (
    <DialogForm
      {...dialog}
      submit={t(`bulk.submit.${kind}`, { count: rows.length })}
      isWhole={isWhole}
      focusSubmit={kind === "raise" || kind === "lower" || kind === "export"}
      onClose={onClose}
    >
      <BulkFields wish={wish} form={form} change={change} errorOf={errorOf} />
      <Ahead wish={wish} form={form} macro={macroOf(form)} />
    </DialogForm>
  );
}
