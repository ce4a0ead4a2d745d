/** The form as patients are asked it, with the same fields and the same rules, to be filled in before anybody is asked. Nothing is sent. */
import type { QuestionnaireSettings } from "@consilium/kit/api";
import { useBrand, useFormats, useLocale } from "@consilium/kit/brand";
import { Questions, redFlagOf, showWrong, type Typed, type Wrong, wrongOf } from "@consilium/kit/questions";
import { ChoiceGroup, languageName, UiDensity } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import classes from "../Settings.module.css";
import { askedIn } from "./model.ts";

const NOTHING: ReadonlyMap<string, Wrong> = new Map();

interface QuestionsPreviewProps {
  value: QuestionnaireSettings;
  onClose: () => void;
}

export function QuestionsPreview({ value, onClose }: QuestionsPreviewProps) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const own = useLocale();
  const box = useRef<HTMLElement>(null);
  const [language, setLanguage] = useState(languages.includes(own) ? own : (languages[0] ?? own));
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.focus();
  }, []);
  return (
    <section ref={box} tabIndex={-1} className={classes.preview} aria-label={t("brandSettings.form.seen")}>
      <div className={classes.previewHead}>
        <h3>{t("brandSettings.form.seen")}</h3>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t("brandSettings.hidePreview")}
        </Button>
      </div>
      <p className={classes.muted}>{t("brandSettings.form.seenHint")}</p>
      {languages.length > 1 && (
        <ChoiceGroup
          label={t("brandSettings.form.language")}
          choices={languages.map((one) => ({ value: one, label: languageName(one), lang: one }))}
          value={language}
          onChange={setLanguage}
        />
      )}
      <Tried value={value} language={language} />
    </section>
  );
}

function Tried({ value, language }: { value: QuestionnaireSettings; language: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Typed>({});
  const [tried, setTried] = useState(false);
  const questionnaire = askedIn(value, language);
  const wrong = wrongOf(questionnaire, typed);
  const isFlagged = redFlagOf(questionnaire, typed) !== null;
  const check = () => {
    flushSync(() => setTried(true));
    showWrong(wrong);
  };
  const again = () => {
    setTyped({});
    setTried(false);
  };
  return (
    <>
      <div className={classes.asked} lang={language}>
        <UiDensity value="calm">
          <Questions
            questionnaire={questionnaire}
            typed={typed}
            onChange={setTyped}
            wrong={tried ? wrong : NOTHING}
            emergency={<Emergency language={language} />}
          />
        </UiDensity>
      </div>
      <div className={classes.buttons}>
        <span className={classes.unsaved} role="status">
          {tried && wrong.size === 0 && t(`brandSettings.form.${isFlagged ? "sentFirst" : "sent"}`)}
        </span>
        <Button variant="default" onClick={again}>
          {t("brandSettings.form.again")}
        </Button>
        <Button variant="light" onClick={check}>
          {t("brandSettings.form.try")}
        </Button>
      </div>
    </>
  );
}

/** What the patient reads under a red flag. */
function Emergency({ language }: { language: string }) {
  const { texts, contacts } = useBrand();
  const { phone } = useFormats();
  const number = contacts.emergency_phone;
  return (
    <aside className={classes.emergency} role="alert">
      <p>{texts[language]?.emergency}</p>
      {number !== null && <strong>{phone(number)}</strong>}
    </aside>
  );
}
