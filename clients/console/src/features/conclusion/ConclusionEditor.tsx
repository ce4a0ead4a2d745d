/** Writing a conclusion: its sections, how the saving stands, a look at the document, the signature; and what was signed before. */
import type { ConclusionDraft, ConclusionSection, ConclusionSigning } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import { languageName, useFocusKept, usePdf } from "@consilium/kit/ui";
import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconAlertTriangle, IconCheck, IconFileText, IconInfoCircle } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { problemWords } from "../../ui/problem.ts";
import classes from "./Conclusion.module.css";
import type { ConclusionEditing, EditingState, Saving } from "./editing.ts";
import { isBlank, missing, REASON_MAX, refusedSection, SECTION_MAX } from "./model.ts";
import { useEditing } from "./useEditing.ts";
import { Versions } from "./Versions.tsx";

type Ready = Extract<EditingState, { status: "ready" }>;

export function ConclusionEditor({ id, asked }: { id: string; asked: boolean }) {
  const { editing, state } = useEditing(id);
  if (state.status === "loading") return <Loading rows={5} rowHeight={64} />;
  if (state.status === "failed") return <Problem error={state.problem} onRetry={() => void editing.load()} />;
  return <Editor editing={editing} state={state} asked={asked} />;
}

interface EditorProps {
  editing: ConclusionEditing;
  state: Ready;
  /** The close waits for it. */
  asked: boolean;
}

function Editor({ editing, state, asked }: EditorProps) {
  const { t } = useTranslation();
  const { draft, texts } = state;
  const box = useRef<HTMLDivElement>(null);
  const refused = refusedSection(state.refusal);
  useEffect(() => {
    if (refused !== null) box.current?.querySelector<HTMLElement>(`[data-section="${refused}"]`)?.focus();
  }, [refused]);
  const isSigned = draft.versions.length > 0 && !draft.unsigned && state.saving.status === "saved";
  // The button that signs goes with the signature, and as long as that is waited for.
  useFocusKept(isSigned ? "signed" : (draft.signing?.state ?? "written"), findCard);
  return (
    <div ref={box} className={classes.editor}>
      <header className={classes.head}>
        <h2>{draft.title}</h2>
        {draft.may_write && <SavingLine state={state} />}
      </header>
      {asked && draft.versions.length === 0 && (
        <p className={classes.asked} role="status">
          <IconInfoCircle size={18} stroke={1.75} aria-hidden />
          {t("conclusion.askedBeforeClose")}
        </p>
      )}
      <Versions consultationId={draft.consultation_id} versions={draft.versions} />
      {draft.signing !== null && <Signing editing={editing} state={state} signing={draft.signing} />}
      {state.saving.status === "conflict" && <Conflict editing={editing} saving={state.saving} />}
      {draft.may_write ? (
        <>
          {isSigned && <p className={classes.hint}>{t("conclusion.amendHint")}</p>}
          <Language editing={editing} state={state} />
          {draft.sections.map((section) => (
            <Section
              key={section.code}
              section={section}
              text={texts.get(section.code) ?? ""}
              refused={refused === section.code}
              onText={(text) => editing.write(section.code, text)}
              onLeave={() => void editing.flush()}
            />
          ))}
          <Foot editing={editing} state={state} />
        </>
      ) : (
        <Reading draft={draft} />
      )}
    </div>
  );
}

function findCard(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-pane="card"]');
}

function SavingLine({ state }: { state: Ready }) {
  const { t } = useTranslation();
  const { dayTime } = useFormats();
  const { saving, draft } = state;
  const { saved_at: at, saved_by: by } = draft;
  const words = () => {
    if (saving.status === "failed")
      return `${t("conclusion.notSaved")} ${problemWords(saving.problem, t).title}`;
    if (saving.status === "conflict") return t("conclusion.notSaved");
    if (saving.status !== "saved") return t("conclusion.saving");
    if (at === null || by === null) return t("conclusion.savesItself");
    return t(draft.unsigned ? "conclusion.savedBy" : "conclusion.signedBy", {
      name: by.name,
      when: dayTime(at),
    });
  };
  const failed = saving.status === "failed" || saving.status === "conflict";
  return (
    <p className={classes.saving} data-failed={failed} role="status">
      {saving.status === "saved" && at !== null && <IconCheck size={16} stroke={2} aria-hidden />}
      {failed && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
      {words()}
    </p>
  );
}

function Conflict({
  editing,
  saving,
}: {
  editing: ConclusionEditing;
  saving: Extract<Saving, { status: "conflict" }>;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.conflict} role="alert">
      <p>{t("conclusion.conflict", { name: saving.by })}</p>
      <div className={classes.buttons}>
        <Button size="compact-md" variant="default" onClick={() => editing.takeTheirs()}>
          {t("conclusion.takeTheirs")}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => void editing.keepMine()}>
          {t("conclusion.keepMine")}
        </Button>
      </div>
    </div>
  );
}

interface SigningProps {
  editing: ConclusionEditing;
  state: Ready;
  signing: ConclusionSigning;
}

/** A signature that somebody else makes: it waits for him, or he refused it. */
function Signing({ editing, state, signing }: SigningProps) {
  const { t } = useTranslation();
  const { dayTime } = useFormats();
  if (signing.state === "refused") {
    return (
      <div className={classes.conflict} role="alert">
        <p>{t("conclusion.signing.refused")}</p>
        {signing.refusal !== null && signing.refusal !== "" && <p>{signing.refusal}</p>}
        <p className={classes.hint}>{t("conclusion.signing.refusedHint")}</p>
      </div>
    );
  }
  const words = { name: signing.asked_by.name, when: dayTime(signing.asked_at), count: signing.attempts };
  return (
    <div className={classes.asked} role="status">
      <IconInfoCircle size={18} stroke={1.75} aria-hidden />
      <div className={classes.waits}>
        <p>{t("conclusion.signing.waiting", words)}</p>
        <p className={classes.hint}>{t("conclusion.signing.waitingHint")}</p>
        {state.draft.may_sign && (
          <Button
            size="compact-md"
            variant="default"
            loading={state.signing}
            onClick={() => void editing.sign(signing.reason)}
          >
            {t("conclusion.signing.ask")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The document's language, where the brand speaks several. */
function Language({ editing, state }: { editing: ConclusionEditing; state: Ready }) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  if (languages.length < 2) return null;
  return (
    <NativeSelect
      size="sm"
      label={t("conclusion.language")}
      data={languages.map((language) => ({ value: language, label: languageName(language) }))}
      value={state.language}
      onChange={(event) => editing.speak(event.currentTarget.value)}
    />
  );
}

interface SectionProps {
  section: ConclusionSection;
  text: string;
  refused: boolean;
  onText: (text: string) => void;
  onLeave: () => void;
}

function Section({ section, text, refused, onText, onLeave }: SectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const about = [section.hint !== null && `${id}-hint`, refused && `${id}-refused`].filter(Boolean).join(" ");
  return (
    <div className={classes.section}>
      <label htmlFor={id}>
        {section.title}
        {section.required && <span className={classes.required}>{t("conclusion.required")}</span>}
      </label>
      {section.hint !== null && (
        <p id={`${id}-hint`} className={classes.hint}>
          {section.hint}
        </p>
      )}
      <textarea
        id={id}
        className={classes.field}
        data-section={section.code}
        rows={2}
        maxLength={SECTION_MAX}
        value={text}
        required={section.required}
        aria-invalid={refused}
        aria-describedby={about === "" ? undefined : about}
        onChange={(event) => onText(event.currentTarget.value)}
        onBlur={onLeave}
      />
      {refused && (
        <p id={`${id}-refused`} className={classes.refused}>
          {t("conclusion.missing")}
        </p>
      )}
    </div>
  );
}

/** The look and the signature. An amendment says why. */
function Foot({ editing, state }: { editing: ConclusionEditing; state: Ready }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [reason, setReason] = useState("");
  const { draft, texts } = state;
  const isAmended = draft.versions.length > 0;
  const isChanged = draft.unsigned || state.saving.status !== "saved";
  const lacks = missing(draft, texts);
  const preview = usePdf(
    useCallback(async () => {
      await editing.flush();
      return api.conclusions.preview(draft.consultation_id);
    }, [editing, api, draft.consultation_id]),
  );
  const mayPress = isChanged && lacks.length === 0 && !isBlank(texts) && state.saving.status !== "conflict";
  const words = state.refusal === null ? null : problemWords(state.refusal, t);
  const sign = () =>
    void editing.sign(isAmended ? reason : null).then((signed) => {
      if (signed) setReason("");
    });
  if (isAmended && !isChanged) return null;
  const waits = draft.signing?.state === "waiting" && state.saving.status === "saved";
  return (
    <footer className={classes.foot}>
      {isAmended && draft.may_sign && !waits && (
        <Textarea
          label={t("conclusion.reason")}
          description={t("conclusion.reasonHint")}
          rows={2}
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {lacks.length > 0 && (
        <p className={classes.hint}>
          {t("conclusion.lacks", { sections: lacks.map(({ title }) => title).join(", ") })}
        </p>
      )}
      {words !== null && refusedSection(state.refusal) === null && (
        <p className={classes.refused} role="alert">
          {words.title} {words.text}
        </p>
      )}
      {preview.failed && (
        <p className={classes.refused} role="alert">
          {t("conclusion.notOpened")}
        </p>
      )}
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconFileText size={16} stroke={1.75} />}
          loading={preview.busy}
          disabled={isBlank(texts)}
          onClick={preview.open}
        >
          {t("conclusion.preview")}
        </Button>
        {draft.may_sign && !waits && (
          <Button
            loading={state.signing}
            disabled={!mayPress || (isAmended && reason.trim() === "")}
            onClick={sign}
          >
            {t(isAmended ? "conclusion.signAmended" : "conclusion.sign")}
          </Button>
        )}
      </div>
      <p className={classes.hint}>{t(draft.may_sign ? "conclusion.signHint" : "conclusion.leadSigns")}</p>
    </footer>
  );
}

/** For who may read and not write. */
function Reading({ draft }: { draft: ConclusionDraft }) {
  const { t } = useTranslation();
  const written = draft.sections.filter(({ text }) => text !== "");
  if (written.length === 0) return <p className={classes.hint}>{t("conclusion.nothing")}</p>;
  return (
    <dl className={classes.reading}>
      {written.map(({ code, title, text }) => (
        <div key={code}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
