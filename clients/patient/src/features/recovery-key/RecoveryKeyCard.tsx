/** The person keeps the spare key himself: this device asks for his recovery key, or begins without it. */
import { useBrand } from "@consilium/kit/brand";
import type { Custody } from "@consilium/kit/matrix";
import { Dialog, ErrorNotice } from "@consilium/kit/ui";
import { IconLock } from "@consilium/kit/ui/icons";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./RecoveryKeyCard.module.css";

type Trouble = "wrong-key" | "failed" | null;

export function RecoveryKeyCard({ custody }: { custody: Custody }) {
  const { t } = useTranslation();
  const { name } = useBrand();
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState<Trouble>(null);
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState(false);
  const run = async (work: () => Promise<Trouble>) => {
    setBusy(true);
    setTrouble(null);
    setTrouble(await work());
    setBusy(false);
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === "") return setTrouble("wrong-key");
    void run(async () => {
      const outcome = await custody.unlock(typed.trim());
      return outcome === "unlocked" ? null : outcome;
    });
  };
  const begin = () => {
    setLost(false);
    void run(async () => ((await custody.startOver()) === "done" ? null : "failed"));
  };
  return (
    <form className={css.card} onSubmit={open} aria-labelledby="recovery-key">
      <h2 id="recovery-key" className={css.title}>
        <IconLock size={22} stroke={1.75} aria-hidden />
        {t("recoveryKey.title")}
      </h2>
      <p>{t("recoveryKey.text")}</p>
      <TextInput
        label={t("recoveryKey.label")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        error={trouble === "wrong-key" ? t("recoveryKey.wrong") : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {trouble === "failed" && (
        <ErrorNotice title={t("recoveryKey.failed")} text={t("recoveryKey.failedText")} />
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={busy}>
          {t("recoveryKey.submit")}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => setLost(true)}>
          {t("recoveryKey.lost")}
        </Button>
      </div>
      <Dialog
        open={lost}
        onClose={() => setLost(false)}
        title={t("recoveryKey.lostTitle")}
        footer={
          <>
            <Button variant="default" onClick={() => setLost(false)}>
              {t("recoveryKey.lostBack")}
            </Button>
            <Button onClick={begin}>{t("recoveryKey.lostSubmit")}</Button>
          </>
        }
      >
        <p>{t("recoveryKey.lostText", { name })}</p>
      </Dialog>
    </form>
  );
}
