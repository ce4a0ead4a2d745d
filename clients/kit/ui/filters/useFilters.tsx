/**
 * What narrows a list down, for its head: what says which list it is stands in sight, everything else behind one button;
 * a chip for each filter that is on takes it away, and one button takes away all. Words are the app's.
 */
import { ActionIcon, Button } from "@mantine/core";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { useRegion } from "../../brand/BrandProvider.tsx";
import { dateFormat } from "../../brand/intl.ts";
import { IconFilter, IconX } from "../icons.ts";
import { laterPart } from "../parts.tsx";
import { SkeletonBlock } from "../Skeletons.tsx";
import classes from "./Filters.module.css";
import { changeWithout, type Filter, type FilterChange, isOn, isRequired, wordsOf } from "./model.ts";

const Choice = laterPart(async () => (await import("./FilterFields.tsx")).Choice, {
  waiting: <SkeletonBlock width="10rem" height={36} />,
});
const FilterPanel = laterPart(async () => (await import("./FilterPanel.tsx")).FilterPanel);

export interface FilterWords {
  /** Of the button, and of what it opens. */
  readonly label: string;
  /** What a filter says that is off. */
  readonly any: string;
  readonly clear: string;
  /** What a chip does, whose words these are. */
  readonly remove: (words: string) => string;
}

interface FiltersProps {
  readonly filters: readonly Filter[];
  readonly words: FilterWords;
  /** Whether the button has room for its name. */
  readonly named: boolean;
  readonly onChange: (change: FilterChange) => void;
}

export interface FilterParts {
  /** Among the tools of a list's head. */
  readonly controls: ReactNode;
  /** A line of the head; nothing while nothing is on. */
  readonly chips: ReactNode;
}

export function useFilters({ filters, words, named, onChange }: FiltersProps): FilterParts {
  const button = useRef<HTMLButtonElement>(null);
  const optional = filters.filter((filter) => !isRequired(filter));
  const on = optional.filter(isOn);
  const common = { words, button, onChange };
  return {
    controls: (
      <>
        {filters.filter(isRequired).map((filter) => (
          <Choice key={filter.field} filter={filter} any={words.any} onChange={onChange} />
        ))}
        {optional.length > 0 && (
          <Panel {...common} filters={optional} named={named} isNarrowed={on.length > 0} />
        )}
      </>
    ),
    chips: on.length > 0 && <Chips {...common} filters={on} />,
  };
}

interface PartsProps {
  filters: readonly Filter[];
  words: FilterWords;
  button: RefObject<HTMLButtonElement | null>;
  onChange: (change: FilterChange) => void;
}

function Panel(props: PartsProps & { named: boolean; isNarrowed: boolean }) {
  const { filters, words, button, named, isNarrowed, onChange } = props;
  const [opened, setOpened] = useState(false);
  const icon = <IconFilter size={18} stroke={1.75} aria-hidden />;
  const common = {
    ref: button,
    onClick: () => setOpened(!opened),
    "aria-haspopup": "dialog",
    "aria-expanded": opened,
  } as const;
  return (
    <>
      {named ? (
        <Button {...common} size="sm" variant={isNarrowed ? "light" : "default"} leftSection={icon}>
          {words.label}
        </Button>
      ) : (
        <ActionIcon
          {...common}
          variant={isNarrowed ? "light" : "subtle"}
          color={isNarrowed ? undefined : "gray"}
          aria-label={words.label}
          title={words.label}
        >
          {icon}
        </ActionIcon>
      )}
      <FilterPanel
        button={button}
        opened={opened}
        setOpened={setOpened}
        filters={filters}
        label={words.label}
        any={words.any}
        onChange={onChange}
      />
    </>
  );
}

function Chips({ filters, words, button, onChange }: PartsProps) {
  const format = dateFormat(useRegion(), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const remove = (those: readonly Filter[]) => {
    onChange(changeWithout(those));
    // What was pressed goes, and the keyboard stays near.
    button.current?.focus();
  };
  return (
    <div className={classes.chips} role="group" aria-label={words.label}>
      {filters.map((filter) => {
        const said = wordsOf(filter, (day) => format.format(new Date(day)));
        return (
          <button
            key={filter.field}
            type="button"
            className={classes.chip}
            aria-label={words.remove(said)}
            onClick={() => remove([filter])}
          >
            <span>{said}</span>
            <IconX size={14} stroke={2} aria-hidden />
          </button>
        );
      })}
      <Button variant="subtle" size="compact-sm" onClick={() => remove(filters)}>
        {words.clear}
      </Button>
    </div>
  );
}
