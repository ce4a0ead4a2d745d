/** A form in a dialog: what is typed, what is wrong with it before it is sent, what was refused of it, and that it was saved. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DialogFormProps } from "./DialogForm.tsx";
import { refusals } from "./problem.ts";

interface FormWish<F, S> {
  /** As it stands at first. */
  begin: () => F;
  send: (form: F) => Promise<S>;
  onSaved: (saved: S) => unknown;
  /** What is wrong, as keys of words by the field; while anything is, nothing is sent. */
  check?: (form: F) => Readonly<Partial<Record<string, string>>>;
  /** The form's names of fields that the service names otherwise. */
  fields?: Readonly<Record<string, string>>;
}

interface FormInDialog<F> {
  readonly form: F;
  readonly setForm: (form: F) => void;
  readonly change: (part: Partial<F>) => void;
  /** What the service refused, in words, by the field. */
  readonly refused: ReadonlyMap<string, string>;
  /** What is wrong with a field, whoever found it. */
  readonly errorOf: (field: string) => string | undefined;
  /** For `DialogForm`. */
  readonly dialog: Pick<DialogFormProps, "busy" | "refused" | "onSubmit">;
}

const NOTHING: Readonly<Record<string, string>> = {};

export function useDialogForm<F extends object, S>(wish: FormWish<F, S>): FormInDialog<F> {
  const { begin, send, onSaved, check = () => NOTHING, fields = NOTHING } = wish;
  const { t } = useTranslation();
  const [form, setForm] = useState(begin);
  const [wrong, setWrong] = useState<Readonly<Partial<Record<string, string>>>>(NOTHING);
  const saving = useMutation({ mutationFn: () => send(form), onSuccess: onSaved });
  const { byField: refused, general } = refusals(saving.error, fields, t);
  return {
    form,
    setForm,
    change: (part) => setForm((before) => ({ ...before, ...part })),
    refused,
    errorOf: (field) => {
      const words = wrong[field];
      return words === undefined ? refused.get(field) : t(words);
    },
    dialog: {
      busy: saving.isPending,
      refused: general,
      onSubmit: () => {
        const found = check(form);
        setWrong(found);
        if (Object.keys(found).length === 0) saving.mutate();
      },
    },
  };
}
