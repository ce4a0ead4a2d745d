/** The form of a question that waits, filled in as it was answered last. */
import type { OwnAnswers, Questionnaire } from "@consilium/kit/api";
import { addWords } from "@consilium/kit/brand";
import { Questions, questionWords, type Typed, typedOf } from "@consilium/kit/questions";
import { Dialog, ErrorNotice } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Emergency } from "../../app/Emergency.tsx";
import { useChangeAnswers } from "./useChangeAnswers.ts";

export function addAnswersWords(): Promise<void> {
  return addWords("kit", questionWords);
}

export interface AnswersDialogProps {
  consultationId: string;
  answers: OwnAnswers;
  questionnaire: Questionnaire;
  /** What was typed and not saved; null: nothing. */
  draft: Typed | null;
  onDraft: (draft: Typed | null) => void;
  onClose: () => void;
  onSaved: () => void;
}

export function AnswersDialog(props: AnswersDialogProps) {
  const { consultationId, answers, questionnaire, draft, onDraft, onClose, onSaved } = props;
  const { t } = useTranslation();
  const form = useId();
  const typed = draft ?? typedOf(answers.answers);
  const { work, wrong, save } = useChangeAnswers({ consultationId, answers, questionnaire, typed, onSaved });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("talk.answersTitle")}
      footer={
        <>
          <Button
            variant="default"
            disabled={work === "busy"}
            onClick={() => {
              onDraft(null);
              onClose();
            }}
          >
            {t("talk.answersKeep")}
          </Button>
          <Button type="submit" form={form} loading={work === "busy"}>
            {t("talk.answersSave")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Questions
          questionnaire={questionnaire}
          typed={typed}
          onChange={onDraft}
          wrong={wrong}
          emergency={<Emergency loud />}
        />
      </form>
      {work === "failed" && (
        <ErrorNotice title={t("talk.answersFailed")} text={t("talk.answersFailedText")} />
      )}
      {work === "changed" && (
        <ErrorNotice tone="warning" title={t("talk.answersOther")} text={t("talk.answersOtherText")} />
      )}
    </Dialog>
  );
}
