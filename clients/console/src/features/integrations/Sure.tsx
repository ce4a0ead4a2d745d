/** The second press before what cannot be taken back. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./Integrations.module.css";

interface SureProps {
  text: string;
  submit: string;
  danger?: boolean;
  error: Error | null;
  busy: boolean;
  onSure: () => void;
  onClose: () => void;
}

export function Sure({ text, submit, danger = false, error, busy, onSure, onClose }: SureProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.secret}>
      <p>{text}</p>
      <Refusal error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button {...(danger ? { color: "red" } : {})} loading={busy} onClick={onSure}>
          {submit}
        </Button>
      </div>
    </div>
  );
}
