/** Opens a signed conclusion. Each reading is recorded, so it is fetched when it is asked for. */
import { usePdf } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { IconFileText } from "../icons.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./PdfButton.module.css";

export interface PdfButtonProps {
  consultationId: string;
  /** None: the last one. */
  version?: number;
  label: string;
  /** What tells it from its like on the same screen. */
  about: string;
}

export function PdfButton({ consultationId, version, label, about }: PdfButtonProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { open, busy, failed } = usePdf(
    useCallback(() => api.conclusions.pdf(consultationId, version), [api, consultationId, version]),
  );
  return (
    <span className={classes.frame}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileText size={16} stroke={1.75} />}
        loading={busy}
        aria-label={`${label}: ${about}`}
        onClick={open}
      >
        {label}
      </Button>
      {failed && (
        <span className={classes.failed} role="alert">
          {t("conclusion.notOpened")}
        </span>
      )}
    </span>
  );
}
