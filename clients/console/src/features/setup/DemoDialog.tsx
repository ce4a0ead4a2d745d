/** Before all of it goes: who and what goes, and the brand’s name, typed. */
import type { Demo } from "@consilium/kit/api";
import { Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Setup.module.css";
import { useRemoveDemo } from "./useSetup.ts";

export function DemoDialog({ demo, onClose }: { demo: Demo | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={demo !== null} onClose={onClose} title={t("setup.demo.remove")}>
      {demo !== null && <Form demo={demo} onClose={onClose} />}
    </Modal>
  );
}

function Form({ demo, onClose }: { demo: Demo; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const remove = useRemoveDemo(onClose);
  const { byField, general } = refusals(remove.error, {}, t);
  return (
    <DialogForm
      submit={t("setup.demo.forGood")}
      danger
      isWhole={typed.trim() !== ""}
      busy={remove.isPending}
      refused={general}
      onSubmit={() => remove.mutate(typed)}
      onClose={onClose}
    >
      <p className={classes.words}>{t("setup.demo.goes")}</p>
      <ul className={classes.goes} aria-label={t("setup.demo.accounts")}>
        {demo.accounts.map((account) => (
          <li key={account.user_id}>
            {account.name} <span className={classes.muted}>{t(`setup.demo.kind.${account.kind}`)}</span>
          </li>
        ))}
      </ul>
      <p className={classes.words}>
        {t("setup.demo.with", { consultations: demo.consultations, callbacks: demo.callbacks })}
      </p>
      <p className={classes.words}>{t("setup.demo.stays")}</p>
      <TextInput
        data-autofocus
        required
        autoComplete="off"
        label={t("setup.demo.type", { name: demo.confirm })}
        value={typed}
        error={byField.has("confirm") ? t("setup.demo.wrong") : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
