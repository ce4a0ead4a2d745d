/** Which tags a consultation has: one press puts one on or takes it off. */
import type { ConsultationRow, Tag } from "@consilium/kit/api";
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconSearch } from "../../icons.ts";
import { useReadable, useRow } from "../../live/hooks.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { choices } from "./model.ts";
import classes from "./Tags.module.css";

interface TagsDialogProps {
  /** `null`: the dialog is closed. */
  consultationId: string | null;
  onClose: () => void;
}

export function TagsDialog({ consultationId, onClose }: TagsDialogProps) {
  const { t } = useTranslation();
  const row = useRow(consultationId);
  return (
    <Modal
      opened={consultationId !== null}
      onClose={onClose}
      title={t("tags.on", { name: row === null ? "" : whoseName(row) })}
    >
      {row !== null && <Choice row={row} onClose={onClose} />}
    </Modal>
  );
}

function useToggle(row: ConsultationRow) {
  const { api, desk } = useConsole();
  return useMutation({
    mutationFn: (id: string) =>
      row.tags.some((tag) => tag.id === id) ? api.tags.takeOff(row.id, id) : api.tags.putOn(row.id, id),
    onSuccess: (consultation) => desk.apply({ kind: "consultation", consultation }),
  });
}

function Choice({ row, onClose }: { row: ConsultationRow; onClose: () => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const all = useReadable(useConsole().tags.items);
  const shown: Tag[] = choices(all.values(), row.tags, q);
  const toggle = useToggle(row);
  /** One at a time: what it does depends on what is there. Nothing is disabled meanwhile, or the keyboard would lose its place. */
  const press = (id: string) => {
    if (!toggle.isPending) toggle.mutate(id);
  };
  const isOn = ({ id }: Tag) => {
    const isThere = row.tags.some((tag) => tag.id === id);
    return toggle.isPending && toggle.variables === id ? !isThere : isThere;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = shown;
    if (event.key !== "Enter" || first === undefined || q === "") return;
    event.preventDefault();
    press(first.id);
    setQ("");
  };
  return (
    <div className={classes.dialog}>
      <TextInput
        data-autofocus
        placeholder={t("tags.find")}
        aria-label={t("tags.find")}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {shown.length === 0 && <p className={classes.hint}>{t(q === "" ? "tags.none" : "tags.nothing")}</p>}
      <ul className={classes.choices} aria-label={t("tags.label")}>
        {shown.map((tag) => (
          <li key={tag.id}>
            <Checkbox label={<TagChip tag={tag} />} checked={isOn(tag)} onChange={() => press(tag.id)} />
          </li>
        ))}
      </ul>
      <Refusal error={toggle.error} />
      <div className={classes.buttons}>
        <CommandButton id="desk.tags" variant="subtle" size="compact-sm" hideWhenForbidden />
        <Button variant="default" onClick={onClose}>
          {t("tags.done")}
        </Button>
      </div>
    </div>
  );
}
