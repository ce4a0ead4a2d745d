/** One macro: what it says and does, where it is offered, who changed it. */
import type { Macro } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Checkbox, MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { PreparedNames } from "../../writing/PreparedNames.tsx";
import { PreparedText } from "../../writing/PreparedText.tsx";
import { QueueChoice } from "../../writing/QueueChoice.tsx";
import { SentFiles } from "../../writing/SentFiles.tsx";
import { EndingFields } from "./EndingFields.tsx";
import { MacroHistory } from "./MacroHistory.tsx";
import { MacroNote } from "./MacroNote.tsx";
import { contentOf, EMPTY_FORM, formOf, isWhole, lacksMain, type MacroForm, macroChange } from "./model.ts";

interface MacroEditorProps {
  /** `null`: it is made. */
  macro: Macro | null;
  onClose: () => void;
}

/** A part of the form: what it is, what was refused of it, how it changes. */
export interface PartProps {
  form: MacroForm;
  refused: ReadonlyMap<string, string>;
  onChange: (part: Partial<MacroForm>) => void;
}

export function MacroEditor({ macro, onClose }: MacroEditorProps) {
  const { t } = useTranslation();
  const { default_language: main, features } = useBrand();
  const { api, macros } = useConsole();
  const { form, setForm, change, refused, dialog } = useDialogForm<MacroForm, Macro>({
    begin: () => (macro === null ? EMPTY_FORM : formOf(macro)),
    send: (typed) =>
      macro === null
        ? api.macros.create(contentOf(typed))
        : api.macros.change(macro.id, macroChange(typed, macro.version)),
    onSaved: (saved) => {
      macros.put(saved);
      onClose();
    },
  });
  const part = { form, refused, onChange: change };
  return (
    <DialogForm
      submit={t(macro === null ? "macros.create" : "save")}
      isWhole={isWhole(form, main)}
      {...dialog}
      onClose={onClose}
    >
      <PreparedNames label={t("macros.name")} value={form} refused={refused} onChange={change} />
      <Texts {...part} />
      {features.attachments && (
        <SentFiles
          label={t("macros.files")}
          hint={(most) => t("macros.filesHint", { most })}
          files={form.files}
          refused={refused.get("files")}
          onChange={(files) => change({ files })}
        />
      )}
      <TagFields {...part} />
      <MacroNote {...part} />
      <EndingFields {...part} />
      <QueueChoice
        value={form.queues}
        error={refused.get("queues")}
        onChange={(queues) => change({ queues })}
      />
      {macro !== null && (
        <Checkbox
          label={t("macros.archive")}
          description={t("macros.archiveHint")}
          checked={form.archived}
          onChange={(event) => change({ archived: event.currentTarget.checked })}
        />
      )}
      {macro !== null && <MacroHistory id={macro.id} version={macro.version} onBringBack={setForm} />}
    </DialogForm>
  );
}

/** The default language first: it stands in for the others. */
function Texts({ form, refused, onChange }: PartProps) {
  const { t } = useTranslation();
  const { languages, default_language: main } = useBrand();
  const inOrder = [...languages].sort((a, b) => Number(b === main) - Number(a === main));
  const lacks = lacksMain(form, main);
  return inOrder.map((language) => (
    <PreparedText
      key={language}
      lang={language}
      label={t("macros.text", { language: languageName(language) })}
      rows={3}
      value={form.texts[language] ?? ""}
      required={language === main && lacks}
      error={language === main ? (refused.get("texts") ?? (lacks && t("macros.mainMissing"))) : undefined}
      onChange={(text) => onChange({ texts: { ...form.texts, [language]: text } })}
    />
  ));
}

function TagFields({ form, refused, onChange }: PartProps) {
  const { t } = useTranslation();
  const all = [...useReadable(useConsole().tags.items).values()];
  const choices = (isShown: (id: string, archived: boolean) => boolean) =>
    all
      .filter(({ id, archived }) => isShown(id, archived))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name }) => ({ value: id, label: name }));
  const shared = { searchable: true, hidePickedOptions: true, nothingFoundMessage: t("tags.nothing") };
  return (
    <>
      <MultiSelect
        {...shared}
        label={t("macros.addTags")}
        data={choices(
          (id, archived) => form.addTags.includes(id) || (!archived && !form.removeTags.includes(id)),
        )}
        value={[...form.addTags]}
        error={refused.get("add_tags")}
        onChange={(addTags) => onChange({ addTags })}
      />
      <MultiSelect
        {...shared}
        label={t("macros.removeTags")}
        data={choices((id) => !form.addTags.includes(id))}
        value={[...form.removeTags]}
        error={refused.get("remove_tags")}
        onChange={(removeTags) => onChange({ removeTags })}
      />
    </>
  );
}
