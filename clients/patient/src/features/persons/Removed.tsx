/** Those who were removed and have a history: they can be brought back. */
import { ApiProblem, type Person, PersonApi } from "@consilium/kit/api";
import { ErrorNotice } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import ground from "../../app/Ground.module.css";
import { useApplyPersons } from "../../app/persons/usePersons.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./PersonsView.module.css";

export function Removed({ persons }: { persons: readonly Person[] }) {
  const { t } = useTranslation();
  if (persons.length === 0) return null;
  return (
    <section className={css.card} aria-labelledby="removed">
      <div>
        <h2 id="removed" className={css.name}>
          {t("persons.removed")}
        </h2>
        <p className={ground.muted}>{t("persons.removedText")}</p>
      </div>
      <ul role="list" className={css.removed}>
        {persons.map((person) => (
          <li key={person.id}>
            <Gone person={person} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Gone({ person }: { person: Person }) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const apply = useApplyPersons();
  const [work, setWork] = useState<"idle" | "busy" | "full" | "failed">("idle");
  const bringBack = async () => {
    setWork("busy");
    try {
      apply.one(await new PersonApi(api.client).change(person.id, { active: true }));
    } catch (cause) {
      setWork(cause instanceof ApiProblem && cause.slug === "conflict" ? "full" : "failed");
    }
  };
  return (
    <>
      <div className={css.gone}>
        <strong>{person.name}</strong>
        <Button
          variant="default"
          loading={work === "busy"}
          aria-label={t("persons.bringBackOf", { name: person.name })}
          onClick={() => void bringBack()}
        >
          {t("persons.bringBack")}
        </Button>
      </div>
      {work === "full" && <ErrorNotice title={t("persons.full")} text={t("persons.fullText")} />}
      {work === "failed" && <ErrorNotice title={t("persons.failed")} text={t("persons.failedText")} />}
    </>
  );
}
