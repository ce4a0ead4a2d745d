/** Whom a patient acts for, on his card: one press opens the card of each. */
import type { PatientCard } from "@consilium/kit/api";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import classes from "./PatientPanel.module.css";

interface PersonsProps {
  card: PatientCard;
  onOpen: (personId: string) => void;
}

export function Persons({ card, onOpen }: PersonsProps) {
  const { t } = useTranslation();
  const id = useId();
  if (card.persons.length === 0) return null;
  return (
    <section className={classes.consultations} aria-labelledby={id}>
      <h3 id={id}>
        {t("persons.title")} <span className={classes.count}>{card.persons.length}</span>
      </h3>
      <ul>
        {card.persons.map((person) => (
          <li key={person.id}>
            <button type="button" className={classes.consultation} onClick={() => onOpen(person.id)}>
              <span className={classes.line}>
                <span className={classes.queue}>{person.name}</span>
                <span className={classes.when}>
                  {person.active
                    ? person.age !== null && t("age", { count: person.age })
                    : t("persons.removed")}
                </span>
              </span>
              <span className={classes.line}>
                <span className={classes.lead}>{t(`persons.is.${person.relationship}`)}</span>
                <span className={classes.phase}>
                  {t("persons.consultations", { count: person.consultations })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
