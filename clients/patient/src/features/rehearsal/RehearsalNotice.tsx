/** Stands over the screens while this tab plays the patient of a rehearsal: says so, and what becomes of what is written here. */
import { ApiProblem, SetupApi } from "@consilium/kit/api";
import { ErrorNotice } from "@consilium/kit/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { forgetRehearsal } from "../../app/rehearsal.ts";
import { useSignedIn } from "../../app/session.tsx";

/** Refusals that no second try changes: it is over, or somebody else plays. */
const FINAL = ["not-found", "conflict", "forbidden"];

export function RehearsalNotice({ code }: { code: string }) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const [left, setLeft] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["rehearsal", code],
    queryFn: () => new SetupApi(api.client).join(code),
    staleTime: Number.POSITIVE_INFINITY,
    retry: (_, problem) => !isFinal(problem),
  });
  const over = error !== null && isFinal(error);
  useEffect(() => {
    if (over) forgetRehearsal();
  }, [over]);
  if (left) return null;
  const leave = () => {
    forgetRehearsal();
    setLeft(true);
  };
  if (over) {
    return (
      <ErrorNotice
        tone="info"
        title={t("rehearsal.over")}
        text={t("rehearsal.overText")}
        action={{ label: t("rehearsal.understood"), onClick: leave }}
      />
    );
  }
  if (data === undefined) return null;
  return (
    <ErrorNotice
      tone="info"
      title={t("rehearsal.title")}
      text={t(data.demo ? "rehearsal.textDemo" : "rehearsal.text")}
      action={{ label: t("rehearsal.hide"), onClick: leave }}
    />
  );
}

function isFinal(problem: Error): boolean {
  return problem instanceof ApiProblem && FINAL.includes(problem.slug);
}
