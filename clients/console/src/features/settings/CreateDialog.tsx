/** Begins a queue, a template, an intake form or a rule: its names and its short name. The rest is set in its form. */
import type { SettingsChoices } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import { addressOf, isSlug, type Made, slugOf } from "./model.ts";
import { queueSettings } from "./new-queue.ts";
import { newQuestion } from "./questionnaire/model.ts";
import { newRule } from "./rules/model.ts";
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

function Form({ kind, circle, onClose }: { kind: Made; circle: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const api = useSettingsApi();
  const { open } = useDesk();
  const shown = useShown();
  const [names, setNames] = useState<Record<string, string>>({});
  const [typed, setTyped] = useState<string | null>(null);
  const id = typed ?? slugOf(names.en ?? "");
  const create = useMutation({
    mutationFn: () => api.change(`${kind}.${id}`, { based_on: 0, content: beginning(kind, names, circle) }),
    onSuccess: (document) => {
      shown(document);
      onClose();
      open(addressOf(document.section.section));
    },
  });
  const { byField, general } = refusals(create.error, {}, t);
  const isWhole = isSlug(id) && languages.every((language) => (names[language] ?? "").trim() !== "");
  return (
    <DialogForm
      submit={t("brandSettings.create")}
      isWhole={isWhole}
      busy={create.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => create.mutate()}
    >
      {languages.map((language, place) => (
        <TextInput
          key={language}
          data-autofocus={place === 0 ? true : undefined}
          label={t("brandSettings.nameIn", { language: languageName(language) })}
          required
          value={names[language] ?? ""}
          error={byField.get("name") ?? byField.get("title")}
          onChange={(event) => setNames({ ...names, [language]: event.currentTarget.value })}
          autoComplete="off"
        />
      ))}
      <TextInput
        label={t("brandSettings.shortName")}
        description={t("brandSettings.shortNameHint")}
        required
        value={id}
        error={id !== "" && !isSlug(id) ? t("brandSettings.wrong.slug") : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {kind === "queue" && <p>{t("brandSettings.newQueueHint")}</p>}
    </DialogForm>
  );
}
