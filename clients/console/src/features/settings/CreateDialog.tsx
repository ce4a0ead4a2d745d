/** Begins a queue, a template, an intake form or a rule: its names and its short name. The rest is set in its form. */
import type { SettingsChoices, SettingsDocument } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Modal, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { addressOf, type Made } from "./model.ts";
import { queueSettings } from "./new-queue.ts";
import { newQuestion } from "./questionnaire/model.ts";
import { newRule } from "./rules/model.ts";
import { isSlug, slugOf } from "./short-names.ts";
import { useSettingsApi, useShown } from "./useSettings.ts";

interface CreateDialogProps {
  kind: Made | null;
  choices: SettingsChoices | null;
  onClose: () => void;
}

export function CreateDialog({ kind, choices, onClose }: CreateDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={kind !== null}
      onClose={onClose}
      title={kind === null ? "" : t(`brandSettings.add.${kind}`)}
    >
      {kind !== null && <Form kind={kind} circle={choices?.circles[0]?.id ?? "general"} onClose={onClose} />}
    </Modal>
  );
}

/** What it says until somebody says more. */
function beginning(kind: Made, names: Record<string, string>, circle: string): unknown {
  if (kind === "questionnaire") return { title: names, items: [{ ...newQuestion("text", []), text: names }] };
  if (kind === "rule") return newRule(names);
  if (kind === "conclusion")
    return { title: names, sections: [{ code: "text", title: names, required: true }] };
  return { ...queueSettings(), circle, name: names, description: names, retired: true };
}

interface NewThing {
  readonly names: Record<string, string>;
  /** Its short name; null: made of its name. */
  readonly typed: string | null;
}

function idOf({ names, typed }: NewThing): string {
  return typed ?? slugOf(names.en ?? "");
}

function Form({ kind, circle, onClose }: { kind: Made; circle: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const api = useSettingsApi();
  const { open } = useDesk();
  const shown = useShown();
  const { form, change, errorOf, dialog } = useDialogForm<NewThing, SettingsDocument>({
    begin: () => ({ names: {}, typed: null }),
    send: (made) =>
      api.change(`${kind}.${idOf(made)}`, { based_on: 0, content: beginning(kind, made.names, circle) }),
    onSaved: (document) => {
      shown(document);
      onClose();
      open(addressOf(document.section.section));
    },
  });
  const { names } = form;
  const id = idOf(form);
  const isWhole = isSlug(id) && languages.every((language) => (names[language] ?? "").trim() !== "");
  return (
    <DialogForm submit={t("brandSettings.create")} isWhole={isWhole} {...dialog} onClose={onClose}>
      {languages.map((language, place) => (
        <TextInput
          key={language}
          data-autofocus={place === 0 ? true : undefined}
          lang={language}
          label={t("brandSettings.nameIn", { language: languageName(language) })}
          required
          value={names[language] ?? ""}
          error={errorOf("name") ?? errorOf("title")}
          onChange={(event) => change({ names: { ...names, [language]: event.currentTarget.value } })}
          autoComplete="off"
        />
      ))}
      <TextInput
        label={t("brandSettings.shortName")}
        description={t("brandSettings.shortNameHint")}
        required
        value={id}
        error={id !== "" && !isSlug(id) ? t("brandSettings.wrong.slug") : undefined}
        onChange={(event) => change({ typed: event.currentTarget.value })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {kind === "queue" && <p>{t("brandSettings.newQueueHint")}</p>}
    </DialogForm>
  );
}
