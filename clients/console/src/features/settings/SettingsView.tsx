/** One section of the settings: its form, what it changes, who changed it before. */
import type { SettingsChoices, SettingsDocument } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconArrowLeft, IconSettings } from "../../icons.ts";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Viewers } from "../../ui/Viewers.tsx";
import { ConclusionForm } from "./ConclusionForm.tsx";
import { ContactsForm } from "./ContactsForm.tsx";
import { History } from "./History.tsx";
import { HolidaysForm } from "./HolidaysForm.tsx";
import { LeaveGuard } from "./LeaveGuard.tsx";
import { CallbackFormFields } from "./law/CallbackFormFields.tsx";
import { ConsentsForm } from "./law/ConsentsForm.tsx";
import { Hashes } from "./law/Hashes.tsx";
import { LegalForm } from "./law/LegalForm.tsx";
import { RetentionForm } from "./law/RetentionForm.tsx";
import { type Content, idOf, sectionAt } from "./model.ts";
import { OrderForm } from "./OrderForm.tsx";
import { FieldsForm } from "./own-fields/FieldsForm.tsx";
import { Preview } from "./Preview.tsx";
import { QueueForm } from "./QueueForm.tsx";
import { QuestionnaireForm } from "./questionnaire/QuestionnaireForm.tsx";
import { QuestionsPreview } from "./questionnaire/QuestionsPreview.tsx";
import { RuleForm } from "./rules/RuleForm.tsx";
import { RuleLog } from "./rules/RuleLog.tsx";
import { RuleTrial } from "./rules/RuleTrial.tsx";
import classes from "./Settings.module.css";
import { SomebodyElse } from "./SomebodyElse.tsx";
import { Standing } from "./Standing.tsx";
import { StatusesForm } from "./StatusesForm.tsx";
import { TextsForm } from "./TextsForm.tsx";
import { type Editing, useEditing, useSettingsDocument, useSettingsList } from "./useSettings.ts";

export function SettingsView({ name }: { name: string | null }) {
  const { t } = useTranslation();
  if (name === null) {
    return (
      <Nothing
        icon={<IconSettings size={32} stroke={1.5} />}
        title={t("brandSettings.noneTitle")}
        text={t("brandSettings.noneText")}
      />
    );
  }
  return <Section name={sectionAt(name)} />;
}

function Section({ name }: { name: string }) {
  const { open } = useDesk();
  const { t } = useTranslation();
  const list = useSettingsList();
  const { data, isError, error, refetch, isFetching } = useSettingsDocument(name);
  return (
    <div className={classes.section}>
      <Button
        className={classes.back ?? ""}
        size="sm"
        variant="subtle"
        leftSection={<IconArrowLeft size={16} stroke={1.75} aria-hidden />}
        onClick={() => open(null)}
      >
        {t("section.settings")}
      </Button>
      {isError && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {(data === undefined || list.data === undefined) && !isError && <Loading rows={6} rowHeight={64} />}
      {data !== undefined && list.data !== undefined && <Whole document={data} choices={list.data.choices} />}
    </div>
  );
}

function Whole({ document, choices }: { document: SettingsDocument; choices: SettingsChoices }) {
  const { t } = useTranslation();
  const { section } = document;
  const title = section.title ?? t(`brandSettings.kind.${section.kind}`);
  return (
    <>
      <header className={classes.head}>
        <h2>{title}</h2>
        <Viewers />
        <Standing document={document} />
      </header>
      {/* What was removed, and came back, is another form. */}
      {section.is_there && <Form key={String(section.is_there)} document={document} choices={choices} />}
      {section.kind === "rule" && <RuleLog ruleId={idOf(section.section)} />}
      {section.kind === "rules" && <RuleLog ruleId={null} />}
      <Hashes texts={document.texts} />
      <History document={document} />
    </>
  );
}

/** Kinds whose change reaches people who agreed, or records that are kept. */
const LOOKS_FIRST: readonly Content["kind"][] = ["consents", "retention"];

function Form({ document, choices }: { document: SettingsDocument; choices: SettingsChoices }) {
  const { t } = useTranslation();
  const editing = useEditing(document);
  // Asked for once more, it is begun anew, and comes into sight.
  const [asks, setAsks] = useState(0);
  const { section } = document;
  const { content } = editing;
  const previews = { queue: editing.tryOut, questionnaire: () => setAsks(asks + 1) };
  // What it means for people and records is seen before it is so.
  const looksFirst = LOOKS_FIRST.includes(content.kind) && editing.tried === null;
  const preview =
    content.kind === "queue" || content.kind === "questionnaire" ? previews[content.kind] : null;
  return (
    <>
      <form
        className={classes.form}
        noValidate
        aria-label={section.title ?? t(`brandSettings.kind.${section.kind}`)}
        onSubmit={(event) => {
          event.preventDefault();
          if (looksFirst) editing.tryOut();
          else editing.save();
        }}
      >
        <LeaveGuard isChanged={editing.isChanged} />
        <SomebodyElse isChanged={editing.isChanged} />
        <Fields editing={editing} choices={choices} section={section.section} />
        {editing.tried !== null && (
          <Preview tried={editing.tried} names={editing.names} onClose={editing.hideTried} />
        )}
        <Foot editing={editing} onPreview={preview} looksFirst={looksFirst} />
      </form>
      {/* Outside of the form: what is tried in it is not saved by Enter. */}
      {asks > 0 && content.kind === "questionnaire" && (
        <QuestionsPreview key={asks} value={content.value} onClose={() => setAsks(0)} />
      )}
      {content.kind === "rule" && <RuleTrial rule={content.value} />}
    </>
  );
}

interface FieldsProps {
  editing: Editing;
  choices: SettingsChoices;
  section: string;
}

function Fields({ editing, choices, section }: FieldsProps) {
  const { content, change, errors } = editing;
  const common = { errors, onChange: (value: Content["value"]) => change(value) };
  switch (content.kind) {
    case "queue":
      return <QueueForm value={content.value} section={section} choices={choices} {...common} />;
    case "queues":
      return <OrderForm of="queues" value={content.value} {...common} />;
    case "rules":
      return <OrderForm of="rules" value={content.value} {...common} />;
    case "rule":
      return <RuleForm value={content.value} {...common} />;
    case "holidays":
      return <HolidaysForm value={content.value} {...common} />;
    case "texts":
      return <TextsForm value={content.value} required={choices.required_texts} {...common} />;
    case "contacts":
      return <ContactsForm value={content.value} {...common} />;
    case "callback_form":
      return <CallbackFormFields value={content.value} {...common} />;
    case "legal":
      return <LegalForm value={content.value} {...common} />;
    case "consents":
      return <ConsentsForm value={content.value} laws={choices.legal_profiles} {...common} />;
    case "retention":
      return <RetentionForm value={content.value} {...common} />;
    case "statuses":
      return <StatusesForm value={content.value} {...common} />;
    case "conclusion":
      return <ConclusionForm value={content.value} {...common} />;
    case "questionnaire":
      return <QuestionnaireForm value={content.value} {...common} />;
    case "fields":
      return <FieldsForm value={content.value} {...common} />;
  }
}

interface FootProps {
  editing: Editing;
  onPreview: (() => void) | null;
  /** Whether the first press shows what the change would come to. */
  looksFirst: boolean;
}

/** What was refused, and the buttons: always in sight. */
function Foot({ editing, onPreview, looksFirst }: FootProps) {
  const { t } = useTranslation();
  const { isChanged, conflict, general, errors } = editing;
  return (
    <div className={classes.foot} data-changed={isChanged}>
      {conflict !== null && (
        <p className={classes.refused} role="alert">
          {t("brandSettings.conflict", { name: conflict })}
          <Button size="compact-sm" variant="default" onClick={editing.takeTheirs}>
            {t("brandSettings.takeTheirs")}
          </Button>
        </p>
      )}
      {(general.length > 0 || errors.size > 0) && (
        <p className={classes.refused} role="alert">
          {general.length > 0 ? general.join(" ") : t("brandSettings.mend", { count: errors.size })}
        </p>
      )}
      <div className={classes.buttons}>
        <span className={classes.unsaved} role="status">
          {isChanged ? t("brandSettings.unsaved") : ""}
        </span>
        {onPreview !== null && (
          <Button variant="subtle" loading={editing.trying} onClick={onPreview}>
            {t("brandSettings.preview")}
          </Button>
        )}
        <Button variant="default" disabled={!isChanged} onClick={editing.discard}>
          {t("brandSettings.discard")}
        </Button>
        <Button
          type="submit"
          disabled={!isChanged}
          loading={editing.saving || (looksFirst && editing.trying)}
        >
          {t(looksFirst ? "brandSettings.lookFirst" : "save")}
        </Button>
      </div>
    </div>
  );
}
