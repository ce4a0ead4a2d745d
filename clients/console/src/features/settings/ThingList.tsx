/** A list of named things, each a card that is moved and removed, and the field that begins another one. Its short name stays for ever. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { moved } from "../../list/moved.ts";
import { AddThing } from "./AddThing.tsx";
import { CardHead } from "./CardHead.tsx";
import classes from "./Settings.module.css";

/** What is in the list; its words are `brandSettings.things.<kind>`. */
export type ThingKind = "document" | "consent" | "class" | "status";

interface ThingListProps<T extends { readonly id: string }> {
  kind: ThingKind;
  things: readonly T[];
  nameOf: (thing: T) => string;
  /** What is wrong with the list as a whole. */
  wrong: string | undefined;
  /** Another one, with this short name. */
  begin: (id: string) => T;
  onChange: (things: T[]) => void;
  children: (thing: T, put: (part: Partial<T>) => void) => ReactNode;
}

export function ThingList<T extends { readonly id: string }>(props: ThingListProps<T>) {
  const { t } = useTranslation();
  const { kind, things, nameOf, wrong, begin, onChange, children } = props;
  return (
    <>
      <ol className={classes.rows}>
        {things.map((thing, place) => {
          const name = nameOf(thing) || thing.id;
          return (
            <li key={thing.id}>
              <div role="group" aria-label={name} className={classes.card}>
                <CardHead
                  name={name}
                  isFirst={place === 0}
                  isLast={place === things.length - 1}
                  removeLabel={t(`brandSettings.things.${kind}.remove`, { name })}
                  onMove={(step) => onChange(moved(things, place, step))}
                  onRemove={() => onChange(things.filter(({ id }) => id !== thing.id))}
                />
                {children(thing, (part) =>
                  onChange(things.map((one) => (one.id === thing.id ? { ...one, ...part } : one))),
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {things.length === 0 && <p className={classes.muted}>{t(`brandSettings.things.${kind}.none`)}</p>}
      {wrong !== undefined && (
        <p className={classes.refused} role="alert">
          {wrong}
        </p>
      )}
      <AddThing
        label={t(`brandSettings.things.${kind}.code`)}
        submit={t(`brandSettings.things.${kind}.add`)}
        taken={things.map(({ id }) => id)}
        onAdd={(id) => onChange([...things, begin(id)])}
      />
    </>
  );
}
