/** A secret on the screen, this once: to copy, and away with it. */
import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconCheck, IconCopy } from "../../icons.ts";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import classes from "./Integrations.module.css";

interface ShownSecretProps {
  secret: string;
  /** What to do with it. */
  text: string;
  /** Words of the button that says it is done. */
  done: string;
  /** What has to be known besides. */
  note?: string;
  onClose: () => void;
}

export function ShownSecret({ secret, text, done, note, onClose }: ShownSecretProps) {
  const { t } = useTranslation();
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.secret}>
      <p>{text}</p>
      {note !== undefined && <p>{note}</p>}
      <code className={classes.secretWords}>{secret}</code>
      <div className={classes.buttons}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={
                copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />
              }
              onClick={copy}
            >
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
        <Button data-autofocus onClick={onClose}>
          {done}
        </Button>
      </div>
    </div>
  );
}
