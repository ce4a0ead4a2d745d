/**
 * The password once more, where what is asked for needs a fresh sign-in. It opens a sign-in of its own, whose token is used for this one thing,
 * so that nothing of the sign-in on this device changes.
 */
import { deviceName, signIn, signOutRemotely } from "@consilium/kit/matrix";
import { Dialog } from "@consilium/kit/ui";
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session.tsx";
import css from "./MyData.module.css";

export interface ProofDialogProps {
  /** What it is for: words of the button. */
  submit: string;
  danger?: boolean;
  /** Runs with the token of the fresh sign-in, which ends afterwards. Never rejects. */
  onProved: (token: string) => Promise<void>;
  onClose: () => void;
}

export function ProofDialog({ submit, danger = false, onProved, onClose }: ProofDialogProps) {
  const { t } = useTranslation();
  const { session } = useSignedIn();
  const [password, setPassword] = useState("");
  const [state, setState] = useState<"idle" | "busy" | "wrong" | "failed">("idle");
  const prove = async () => {
    setState("busy");
    const { homeserverUrl, userId } = session;
    const result = await signIn({ homeserverUrl, login: userId, password, deviceName: deviceName() });
    if (!result.ok) return setState(result.failure.reason === "wrong-password" ? "wrong" : "failed");
    await onProved(result.session.accessToken);
    void signOutRemotely(result.session);
  };
  return (
    <Dialog
      open
      onClose={() => state !== "busy" && onClose()}
      title={t("myData.proofTitle")}
      footer={
        <>
          <Button variant="default" disabled={state === "busy"} onClick={onClose}>
            {t("myData.back")}
          </Button>
          <Button
            type="submit"
            form="proof"
            loading={state === "busy"}
            disabled={password === ""}
            {...(danger ? { color: "red" } : {})}
          >
            {submit}
          </Button>
        </>
      }
    >
      <form
        id="proof"
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void prove();
        }}
      >
        <p>{t("myData.proofText")}</p>
        <PasswordInput
          label={t("myData.password")}
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          value={password}
          error={
            state === "wrong" ? t("myData.wrong") : state === "failed" ? t("myData.proofFailed") : undefined
          }
          aria-invalid={state === "wrong"}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}
