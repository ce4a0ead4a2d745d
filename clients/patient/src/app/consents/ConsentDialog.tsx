/** The whole text of a consent, to be read in peace. */
import type { ConsentDocument } from "@consilium/kit/api";
import { Dialog } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./Consents.module.css";
import { paragraphsOf } from "./model.ts";

interface ConsentDialogProps {
  document: ConsentDocument;
  onClose: () => void;
  /** Under the text. */
  children?: ReactNode;
  /** Instead of the button that closes it. */
  footer?: ReactNode;
}

export function ConsentDialog({ document, onClose, children, footer }: ConsentDialogProps) {
  const { t } = useTranslation();
  const close = (
    <Button variant="default" onClick={onClose}>
      {t("consents.close")}
    </Button>
  );
  return (
    <Dialog open onClose={onClose} title={document.title} footer={footer ?? close}>
      <div className={css.text} lang={document.language}>
        <p className={css.strong}>{document.summary}</p>
        {paragraphsOf(document.text).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {children}
    </Dialog>
  );
}
