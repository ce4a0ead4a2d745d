/** The second press before what cannot be taken back: what it means, and the way out of it. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "./Refusal.tsx";
import classes from "./Sure.module.css";
import { useFocusHere } from "./useFocusHere.ts";

interface SureProps {
  /** What the button says that does it. */
  submit: string;
  /** What it does takes something away for good. */
  danger?: boolean;
  /** What leads out of it; where nothing is said, «cancel». */
  back?: string;
  error: Error | null;
  busy: boolean;
  onSure: () => void;
  onBack: () => void;
  children: ReactNode;
}

export function Sure({ submit, danger = false, back, error, busy, onSure, onBack, children }: SureProps) {
  const { t } = useTranslation();
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.sure}>
      {children}
      <Refusal error={error} />
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={onBack}>
          {back ?? t("cancel")}
        </Button>
        <Button color={danger ? "red" : undefined} loading={busy} onClick={onSure}>
          {submit}
        </Button>
      </div>
    </div>
  );
}
