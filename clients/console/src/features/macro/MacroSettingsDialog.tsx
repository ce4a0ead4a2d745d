/** The brand's macros: made, written anew, put out of use and back. For supervisors. */
import type { Macro } from "@consilium/kit/api";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { deskPart, inPlace } from "../../ui/deskPart.tsx";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import { MacroLine } from "./MacroDialog.tsx";
import classes from "./Macros.module.css";
import { inOrder } from "./model.ts";

const MacroEditor = deskPart(async () => (await import("./MacroEditor.tsx")).MacroEditor, inPlace(5, 48));

interface MacroSettingsDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function MacroSettingsDialog({ opened, onClose }: MacroSettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("macros.settings")} size="lg">
      {opened && <Macros />}
    </Modal>
  );
}

function Macros() {
  const [open, setOpen] = useState<Macro | "new" | null>(null);
  if (open === null) return <List onOpen={setOpen} />;
  const macro = open === "new" ? null : open;
  return <MacroEditor key={macro?.id} macro={macro} onClose={() => setOpen(null)} />;
}

function List({ onOpen }: { onOpen: (open: Macro | "new") => void }) {
  const { t } = useTranslation();
  const all = useReadable(useConsole().macros.items);
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.dialog}>
      <p className={classes.hint}>{t("macros.hint")}</p>
      {all.size === 0 && <p className={classes.hint}>{t("macros.none")}</p>}
      <ul className={classes.macros} aria-label={t("macros.title")}>
        {inOrder(all.values()).map((macro) => (
          <li key={macro.id}>
            <MacroLine macro={macro} onPress={() => onOpen(macro)} />
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          data-autofocus
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => onOpen("new")}
        >
          {t("macros.add")}
        </Button>
      </div>
    </div>
  );
}
