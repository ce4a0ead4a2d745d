/** The brand's tags: made, renamed, coloured, put out of use and back. For supervisors. */
import type { Tag } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Button, Checkbox, Modal, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { deskPart } from "../../ui/deskPart.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import {
  EMPTY_FORM,
  formOf,
  inOrder,
  isTagColor,
  isWhole,
  NAME_MAX,
  newTag,
  TAG_COLORS,
  type TagForm,
  tagChange,
} from "./model.ts";
import classes from "./Tags.module.css";

const TagHistory = deskPart(async () => (await import("./TagHistory.tsx")).TagHistory);

interface TagSettingsDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function TagSettingsDialog({ opened, onClose }: TagSettingsDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("tags.settings")}>
      {opened && <Tags />}
    </Modal>
  );
}

function Tags() {
  const [open, setOpen] = useState<Tag | "new" | null>(null);
  if (open === null) return <List onOpen={setOpen} />;
  const tag = open === "new" ? null : open;
  return <Form key={tag?.id} tag={tag} onClose={() => setOpen(null)} />;
}

function List({ onOpen }: { onOpen: (open: Tag | "new") => void }) {
  const { t } = useTranslation();
  const all = useReadable(useConsole().tags.items);
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.dialog}>
      {all.size === 0 && <p className={classes.hint}>{t("tags.none")}</p>}
      <ul className={classes.choices} aria-label={t("tags.label")}>
        {inOrder(all.values()).map((tag) => (
          <li key={tag.id}>
            <button type="button" className={classes.tag} onClick={() => onOpen(tag)}>
              <TagChip tag={tag} />
              {tag.archived && <span className={classes.hint}>{t("tags.archived")}</span>}
              <span className={classes.changed}>
                {t("tags.changedBy", { name: tag.changed_by.name })} <When at={tag.changed_at} />
              </span>
            </button>
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
          {t("tags.add")}
        </Button>
      </div>
    </div>
  );
}

function Form({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { languages, default_language: main } = useBrand();
  const { api, tags } = useConsole();
  const { form, setForm, change, refused, dialog } = useDialogForm<TagForm, Tag>({
    begin: () => (tag === null ? EMPTY_FORM : formOf(tag)),
    send: (typed) =>
      tag === null ? api.tags.create(newTag(typed)) : api.tags.change(tag.id, tagChange(typed, tag.version)),
    onSaved: (saved) => {
      tags.put(saved);
      onClose();
    },
  });
  return (
    <DialogForm
      submit={t(tag === null ? "tags.create" : "save")}
      isWhole={isWhole(form, main)}
      {...dialog}
      onClose={onClose}
    >
      {[...languages]
        .sort((a, b) => Number(b === main) - Number(a === main))
        .map((language) => (
          <TextInput
            key={language}
            data-autofocus={language === main ? true : undefined}
            lang={language}
            label={t("tags.name", { language: languageName(language) })}
            required={language === main}
            maxLength={NAME_MAX}
            value={form.names[language] ?? ""}
            error={language === main ? refused.get("names") : undefined}
            onChange={(event) => change({ names: { ...form.names, [language]: event.currentTarget.value } })}
            autoComplete="off"
          />
        ))}
      <Radio.Group
        label={t("tags.color")}
        value={form.color}
        onChange={(color) => isTagColor(color) && change({ color })}
      >
        <div className={classes.colors}>
          {TAG_COLORS.map((color) => (
            <Radio
              key={color}
              value={color}
              label={<TagChip tag={{ name: t(`tags.colors.${color}`), color }} />}
            />
          ))}
        </div>
      </Radio.Group>
      {tag !== null && (
        <Checkbox
          label={t("tags.archive")}
          description={t("tags.archiveHint")}
          checked={form.archived}
          onChange={(event) => change({ archived: event.currentTarget.checked })}
        />
      )}
      {tag !== null && <TagHistory id={tag.id} version={tag.version} onBringBack={setForm} />}
    </DialogForm>
  );
}
