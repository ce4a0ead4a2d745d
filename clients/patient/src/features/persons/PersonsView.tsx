/** Whom one acts for: who they are, what was asked and agreed to for them; adding, changing, removing, bringing back. */
import type { Person } from "@consilium/kit/api";
import { Avatar, EmptyState, ErrorNotice, SkeletonList } from "@consilium/kit/ui";
import { IconChevronLeft, IconUserPlus, IconUsers } from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useConsents } from "../../app/consents/useConsents.ts";
import ground from "../../app/Ground.module.css";
import { paths } from "../../app/paths.ts";
import { activeOf } from "../../app/persons/model.ts";
import { PersonDialog } from "../../app/persons/PersonDialog.tsx";
import { usePersons } from "../../app/persons/usePersons.ts";
import { ConsentsDialog } from "./ConsentsDialog.tsx";
import css from "./PersonsView.module.css";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { Removed } from "./Removed.tsx";

export function PersonsView() {
  const { t } = useTranslation();
  const { persons, isPending, isError, isFetching, refetch } = usePersons();
  const [adds, setAdds] = useState(false);
  const active = activeOf(persons);
  return (
    <div className={ground.page}>
      <Link href={paths.profile} className={ground.back}>
        <IconChevronLeft size={24} stroke={1.75} aria-hidden />
        {t("persons.back")}
      </Link>
      <h1 className={ground.title}>{t("persons.title")}</h1>
      <p className={ground.muted}>{t("persons.text")}</p>
      {isPending && <SkeletonList rows={2} rowHeight={140} label={t("persons.loading")} />}
      {isError && (
        <ErrorNotice
          title={t("persons.listFailed")}
          text={t("persons.listFailedText")}
          action={{ label: t("home.again"), onClick: refetch, loading: isFetching }}
        />
      )}
      {!isPending && !isError && active.length === 0 && (
        <EmptyState
          icon={<IconUsers size={32} stroke={1.5} />}
          title={t("persons.empty")}
          text={t("persons.emptyText")}
        />
      )}
      {active.length > 0 && (
        <ul role="list" className={css.persons}>
          {active.map((person) => (
            <li key={person.id}>
              <PersonCard person={person} />
            </li>
          ))}
        </ul>
      )}
      {!isPending && !isError && (
        <Button
          className={css.add}
          leftSection={<IconUserPlus size={22} stroke={1.75} aria-hidden />}
          onClick={() => setAdds(true)}
        >
          {t("persons.add")}
        </Button>
      )}
      <Removed persons={persons.filter((person) => !person.active)} />
      {adds && <PersonDialog person={null} onClose={() => setAdds(false)} />}
    </div>
  );
}

type Asking = "change" | "consents" | "remove" | null;

function PersonCard({ person }: { person: Person }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking>(null);
  const { consents } = useConsents(person.id);
  const { name, age, relationship, consultations } = person;
  const about = [
    t(`persons.relationship.${relationship}`),
    age === null ? null : t("persons.age", { count: age }),
  ].filter((part) => part !== null);
  const close = () => setAsking(null);
  return (
    <article className={css.card} aria-label={name}>
      <header className={css.head}>
        <Avatar name={name} />
        <div className={css.names}>
          <h2 className={css.name}>{name}</h2>
          <p className={ground.muted}>{about.join(", ")}</p>
        </div>
      </header>
      <div className={css.acts}>
        <Button
          component={Link}
          href={paths.historyOf(person.id)}
          variant="default"
          aria-label={t("persons.historyOf", { name, count: consultations })}
        >
          {t("persons.history", { count: consultations })}
        </Button>
        {consents.length > 0 && (
          <Button
            variant="default"
            aria-label={t("persons.consentsOf", { name })}
            onClick={() => setAsking("consents")}
          >
            {t("persons.consents")}
          </Button>
        )}
        <Button
          variant="default"
          aria-label={t("persons.changeOf", { name })}
          onClick={() => setAsking("change")}
        >
          {t("persons.change")}
        </Button>
        <Button
          variant="default"
          aria-label={t("persons.removeOf", { name })}
          onClick={() => setAsking("remove")}
        >
          {t("persons.remove")}
        </Button>
      </div>
      {asking === "change" && <PersonDialog person={person} onClose={close} />}
      {asking === "consents" && <ConsentsDialog person={person} onClose={close} />}
      {asking === "remove" && <RemoveDialog person={person} onClose={close} />}
    </article>
  );
}
