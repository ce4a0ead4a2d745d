/** A macro before it runs: chosen where none was named, then everything that will be said and done, in order. Enter runs it. */
import type { ConsultationRow, Macro } from "@consilium/kit/api";
import { Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch } from "../../icons.ts";
import { useReadable, useRow } from "../../live/hooks.ts";
import { doingsOf, macrosFor } from "../../live/macros.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./Macros.module.css";
import { Preview } from "./Preview.tsx";

interface MacroDialogProps {
  /** `null`: the dialog is closed; without a macro one is chosen. */
  wish: { readonly consultationId: string; readonly macroId: string | null } | null;
  onClose: () => void;
}

export function MacroDialog({ wish, onClose }: MacroDialogProps) {
  const { t } = useTranslation();
  const macros = useReadable(useConsole().macros.items);
  const row = useRow(wish?.consultationId ?? null);
  const [chosen, setChosen] = useState<{ readonly of: typeof wish; readonly id: string } | null>(null);
  const id = wish?.macroId ?? (chosen !== null && chosen.of === wish ? chosen.id : null);
  const name = row === null ? "" : whoseName(row);
  const macro = id === null ? undefined : macros.get(id);
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      size="lg"
      title={
        macro === undefined
          ? t("macros.choose", { name })
          : t("macros.on", { title: macro.content.title, name })
      }
    >
      {row !== null && macro === undefined && (
        <Choice row={row} onChoose={(of) => setChosen({ of: wish, id: of })} />
      )}
      {row !== null && macro !== undefined && (
        <Preview key={`${macro.id} ${macro.version}`} macro={macro} row={row} onClose={onClose} />
      )}
    </Modal>
  );
}

/** Enter takes the first that a word found; without a word none, so that a key too many runs nothing that nobody meant. */
function Choice({ row, onChoose }: { row: ConsultationRow; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const all = useReadable(useConsole().macros.items);
  const word = q.trim().replace(/^\//u, "");
  const found = macrosFor(all.values(), row.queue.id, word);
  return (
    <div className={classes.dialog}>
      <TextInput
        data-autofocus
        placeholder={t("macros.find")}
        aria-label={t("macros.find")}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== "Enter" || first === undefined || word === "") return;
          event.preventDefault();
          onChoose(first.id);
        }}
      />
      {found.length === 0 && (
        <p className={classes.hint}>{t(word === "" ? "macros.none" : "macros.nothing")}</p>
      )}
      <ul className={classes.macros} aria-label={t("macros.title")}>
        {found.map((macro) => (
          <li key={macro.id}>
            <MacroLine macro={macro} onPress={() => onChoose(macro.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A macro in a list: its name, its word, what it does in a few words. */
export function MacroLine({ macro, onPress }: { macro: Macro; onPress: () => void }) {
  const { t } = useTranslation();
  const { content, archived } = macro;
  return (
    <button type="button" className={classes.macro} onClick={onPress}>
      <span className={classes.line}>
        <span className={classes.name}>{content.title}</span>
        <span className={classes.quiet}>/{content.shortcut}</span>
        {archived && <span className={classes.quiet}>{t("tags.archived")}</span>}
      </span>
      <span className={classes.quiet}>
        {doingsOf(content)
          .map(({ kind }) => t(`macros.short.${kind}`))
          .join(" · ")}
      </span>
    </button>
  );
}
