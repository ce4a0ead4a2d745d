/** Answering anew what was asked, while nobody has come yet. The form comes when it is wanted. */
import type { Typed } from "@consilium/kit/questions";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { lazyScreen } from "../../app/later.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./ConversationView.module.css";

const AnswersDialog = lazyScreen(async () => {
  const { AnswersDialog, addAnswersWords } = await import("./AnswersDialog.tsx");
  await addAnswersWords();
  return AnswersDialog;
});

interface AnswersChangeProps {
  consultationId: string;
  queueId: string;
}

export function AnswersChange({ consultationId, queueId }: AnswersChangeProps) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(false);
  /** What was typed and not saved: it outlives the dialog, which a touch beside it closes. */
  const [draft, setDraft] = useState<Typed | null>(null);
  const { data: answers, isLoading } = useQuery(queries.ownAnswers(api, consultationId));
  const services = useQuery(queries.services(api)).data?.services ?? [];
  const questionnaire = answers?.questionnaire ?? null;
  const asks = services.some(({ id, questionnaire: asked }) => id === queueId && asked !== null);
  // The button's place, so that nothing moves when it comes.
  if (isLoading && asks)
    return (
      <span className={css.cancel} style={{ visibility: "hidden" }} aria-hidden>
        {t("talk.answersChange")}
      </span>
    );
  if (answers === undefined || questionnaire === null) return null;
  return (
    <>
      <button
        type="button"
        className={css.cancel}
        onClick={() => {
          setSaved(false);
          setOpen(true);
        }}
      >
        {t(answers.answered_at === null ? "talk.answersGive" : "talk.answersChange")}
      </button>
      <span className={css.muted} role="status">
        {saved && t("talk.answersSaved")}
      </span>
      {open && (
        <Suspense fallback={null}>
          <AnswersDialog
            consultationId={consultationId}
            answers={answers}
            questionnaire={questionnaire}
            draft={draft}
            onDraft={setDraft}
            onClose={() => setOpen(false)}
            onSaved={() => {
              setDraft(null);
              setOpen(false);
              setSaved(true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
