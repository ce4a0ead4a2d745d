/** A question that was asked without a network, or before this device was ready, goes out from wherever one is, and the next time the app is opened. */
import { Cell, type ConnectionState } from "@consilium/kit/matrix";
import { ErrorNotice, useReadable } from "@consilium/kit/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { type Answer, askedQuestion, askQuestion, isWaiting } from "../asking.ts";
import { addConsentWords } from "../consents/words.ts";
import css from "../Frame.module.css";
import { paths } from "../paths.ts";
import { useEngine, useSignedIn } from "../session.tsx";

const STARTING = new Cell<ConnectionState>("starting");
/** Not every return of a network is announced. */
const RETRY_MS = 8_000;
/** So much of it is shown that its author knows which one it is. */
const SHOWN_LETTERS = 120;

export function AskedQuestion() {
  const { t } = useTranslation();
  const { api, session } = useSignedIn();
  const { userId } = session;
  const engine = useEngine();
  const client = useQueryClient();
  const [path, navigate] = useLocation();
  const live = useReadable(engine?.connection ?? STARTING) === "live";
  const [tries, setTries] = useState(0);
  const [refused, setRefused] = useState<{ serviceId: string; answer: Answer & { kind: "failed" } } | null>(
    null,
  );
  const asked = askedQuestion(userId);
  // Its own screen sends it by itself, and says what becomes of it.
  const isThere = asked !== null && path === paths.ask(asked.serviceId);
  const waits = asked !== null && !isThere;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew at each try; `tries` is the next one
  useEffect(() => {
    const question = askedQuestion(userId);
    if (!waits || question === null || engine === null) return;
    let current = true;
    const again = () => setTries((count) => count + 1);
    let timer = setTimeout(again, RETRY_MS);
    if (live) {
      clearTimeout(timer);
      void askQuestion({ userId, api, engine, client }, question).then((answer) => {
        if (answer.kind === "failed" && isWaiting(answer.key)) {
          if (current) timer = setTimeout(again, RETRY_MS);
          return;
        }
        if (answer.kind === "failed") {
          const show = () => setRefused({ serviceId: question.serviceId, answer });
          if (answer.key === "consents.again") void addConsentWords().then(show);
          else show();
        }
        again();
      });
    }
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [waits, live, tries, engine]);

  if (refused !== null && path !== paths.ask(refused.serviceId)) {
    const open = () => {
      setRefused(null);
      navigate(paths.ask(refused.serviceId));
    };
    return (
      <div className={css.notice}>
        <ErrorNotice
          title={t(refused.answer.key)}
          text={t(`${refused.answer.key}Text`)}
          action={{ label: t("asked.open"), onClick: open }}
        />
      </div>
    );
  }
  if (!waits || path.startsWith("/conversation/")) return null;
  return (
    <div className={css.notice}>
      <ErrorNotice
        tone="warning"
        title={t("asked.title")}
        text={t("asked.text", { text: shortened(asked.text) })}
        action={{ label: t("asked.open"), onClick: () => navigate(paths.ask(asked.serviceId)) }}
      />
    </div>
  );
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= SHOWN_LETTERS ? line : `${line.slice(0, SHOWN_LETTERS).trimEnd()}…`;
}
