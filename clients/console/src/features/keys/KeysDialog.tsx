/**
 * Sets up the operator's keys in plain words: what they are for, the recovery key once, and unlocking by it later.
 *
 * The password of a sign-in a moment ago is used silently; after a reload it is asked for.
 */

import { useBrand } from "@consilium/kit/brand";
import type { Recovery } from "@consilium/kit/matrix";
import { Button, CopyButton, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconCheck, IconCopy, IconDownload, IconKey, IconPrinter } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./KeysDialog.module.css";
import { afterSetUp, afterUnlock, firstStep, grouped, type KeysStep, type SetUpFailure } from "./model.ts";

interface KeysDialogProps {
  opened: boolean;
  /** The password just typed at the sign-in, or null. */
  password: string | null;
  onClose: () => void;
}

export function KeysDialog({ opened, password, onClose }: KeysDialogProps) {
  const { t } = useTranslation();
  const { engine } = useConsole();
  const { recovery } = engine;
  const [step, setStep] = useState<KeysStep | null>(null);
  if (recovery === null) return null;
  const current = step ?? firstStep(recovery.state.get());
  // While the key is on the screen nothing but a conscious press may take it away.
  const locked = current.step === "show" || current.step === "working";
  const close = () => {
    setStep(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(`keysDialog.${current.step}.title`)}
      size="31rem"
      closeOnEscape={!locked}
      closeOnClickOutside={false}
      withCloseButton={!locked}
    >
      <Step step={current} recovery={recovery} password={password} go={setStep} onClose={close} />
    </Modal>
  );
}

interface StepProps {
  step: KeysStep;
  recovery: Recovery;
  password: string | null;
  go: (step: KeysStep) => void;
  onClose: () => void;
}

function Step({ step, recovery, password, go, onClose }: StepProps) {
  const { t } = useTranslation();
  const setUp = (from: "explain" | "replace") => (typed: string) => {
    go({ step: "working" });
    void recovery.setUp(typed).then(
      (result) => go(afterSetUp(from, result)),
      () => go({ step: from, failure: "unexpected" }),
    );
  };
  switch (step.step) {
    case "explain":
      return (
        <SetUpForm
          password={password}
          failure={step.failure}
          submit={t("keysDialog.explain.submit")}
          onSubmit={setUp("explain")}
        >
          <p>{t("keysDialog.explain.text")}</p>
          <p className={classes.muted}>{t("keysDialog.explain.next")}</p>
        </SetUpForm>
      );
    case "replace":
      return (
        <SetUpForm
          password={password}
          failure={step.failure}
          submit={t("keysDialog.replace.submit")}
          danger
          onSubmit={setUp("replace")}
          onBack={() => go({ step: "unlock", failure: null })}
        >
          <p>{t("keysDialog.replace.text")}</p>
        </SetUpForm>
      );
    case "working":
      return (
        <p className={classes.working} role="status">
          {t("keysDialog.working.text")}
        </p>
      );
    case "show":
      return <ShowKey recoveryKey={step.recoveryKey} onDone={() => go({ step: "done" })} />;
    case "unlock":
      return (
        <UnlockForm
          failure={step.failure}
          onReplace={() => go({ step: "replace", failure: null })}
          onSubmit={async (key) => go(afterUnlock(await recovery.unlock(key).catch(() => "failed" as const)))}
        />
      );
    case "done":
      return (
        <div className={classes.form}>
          <p>{t("keysDialog.done.text")}</p>
          <Button data-autofocus onClick={onClose}>
            {t("keysDialog.done.submit")}
          </Button>
        </div>
      );
  }
}

interface SetUpFormProps {
  password: string | null;
  failure: SetUpFailure | null;
  submit: string;
  danger?: boolean;
  children: ReactNode;
  onSubmit: (password: string) => void;
  onBack?: () => void;
}

function SetUpForm({ password, failure, submit, danger, children, onSubmit, onBack }: SetUpFormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const asks = password === null || failure === "wrong-password";
  const send = (event: FormEvent) => {
    event.preventDefault();
    const word = asks ? typed : password;
    if (word !== "") onSubmit(word);
  };
  return (
    <form className={classes.form} onSubmit={send}>
      {children}
      {asks && (
        <PasswordInput
          data-autofocus
          label={t("signIn.password")}
          autoComplete="current-password"
          value={typed}
          error={failure === "wrong-password" ? t("keysDialog.failed.wrong-password") : undefined}
          aria-invalid={failure === "wrong-password"}
          onChange={(event) => setTyped(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        />
      )}
      {failure !== null && failure !== "wrong-password" && (
        <p className={classes.failure} role="alert">
          {t(`keysDialog.failed.${failure}`)}
        </p>
      )}
      <div className={classes.buttons}>
        {onBack !== undefined && (
          <Button variant="default" onClick={onBack}>
            {t("back")}
          </Button>
        )}
        <Button
          type="submit"
          data-autofocus={asks ? undefined : true}
          color={danger === true ? "red" : undefined}
          leftSection={<IconKey size={18} stroke={1.75} />}
        >
          {submit}
        </Button>
      </div>
    </form>
  );
}

function ShowKey({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { me } = useConsole();
  const [kept, setKept] = useState(false);
  const groups = grouped(recoveryKey);
  const text = groups.join(" ");
  const download = () => {
    const url = URL.createObjectURL(
      new Blob([`${t("keysDialog.show.file", { brand: name, user: me.user_id })}\n\n${text}\n`], {
        type: "text/plain",
      }),
    );
    const link = Object.assign(document.createElement("a"), {
      href: url,
      download: `${t("keysDialog.show.fileName")}.txt`,
    });
    link.click();
    URL.revokeObjectURL(url);
    setKept(true);
  };
  return (
    <div className={classes.form}>
      <p>{t("keysDialog.show.text")}</p>
      <p className={classes.key} translate="no" data-testid="recovery-key">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
          <span key={index}>{group} </span>
        ))}
      </p>
      <div className={classes.ways}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} stroke={2} /> : <IconCopy size={16} stroke={1.75} />}
              onClick={() => {
                copy();
                setKept(true);
              }}
            >
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconDownload size={16} stroke={1.75} />} onClick={download}>
          {t("keysDialog.show.download")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} stroke={1.75} />}
          onClick={() => {
            window.print();
            setKept(true);
          }}
        >
          {t("keysDialog.show.print")}
        </Button>
      </div>
      <p className={classes.muted}>{t("keysDialog.show.once")}</p>
      <Button disabled={!kept} onClick={onDone}>
        {t("keysDialog.show.submit")}
      </Button>
      {!kept && (
        <Button variant="subtle" size="compact-sm" onClick={() => setKept(true)}>
          {t("keysDialog.show.written")}
        </Button>
      )}
    </div>
  );
}

interface UnlockFormProps {
  failure: "wrong-key" | "failed" | null;
  onSubmit: (key: string) => Promise<void>;
  onReplace: () => void;
}

function UnlockForm({ failure, onSubmit, onReplace }: UnlockFormProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === "") return;
    setBusy(true);
    void onSubmit(key.trim()).finally(() => setBusy(false));
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <p>{t("keysDialog.unlock.text")}</p>
      <TextInput
        data-autofocus
        label={t("keysDialog.unlock.label")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={key}
        error={failure === null ? undefined : t(`keysDialog.failed.${failure}`)}
        onChange={(event) => setKey(event.currentTarget.value)}
        classNames={{ input: classes.keyInput }}
      />
      <Button type="submit" loading={busy} leftSection={<IconKey size={18} stroke={1.75} />}>
        {t("keysDialog.unlock.submit")}
      </Button>
      <Button variant="subtle" size="compact-sm" color="gray" onClick={onReplace}>
        {t("keysDialog.unlock.lost")}
      </Button>
    </form>
  );
}
