/** One filter as a field: a choice, a day, or words. */
import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import classes from "./Filters.module.css";
import {
  type ChoiceFilter,
  changeOf,
  type Filter,
  type FilterChange,
  optionsOf,
  type WordsFilter,
} from "./model.ts";

/** More than this many are searched, not only looked through. */
const FEW = 8;
/** Silence after which what is typed counts. Unit: milliseconds. */
const TYPED_MS = 300;

interface PartProps<Of extends Filter> {
  filter: Of;
  /** What a choice says where nothing is chosen. */
  any: string;
  onChange: (change: FilterChange) => void;
}

export function Part({ filter, any, onChange }: PartProps<Filter>) {
  if (filter.kind === "choice") return <Choice filter={filter} any={any} onChange={onChange} />;
  if (filter.kind === "words") return <Words filter={filter} onChange={onChange} />;
  return (
    <TextInput
      type="date"
      size="sm"
      className={classes.day}
      label={filter.label}
      value={filter.value ?? ""}
      min={filter.min}
      max={filter.max}
      onChange={(event) => onChange(changeOf(filter, event.currentTarget.value || null))}
    />
  );
}

export function Choice({ filter, any, onChange }: PartProps<ChoiceFilter>) {
  const { label, options, value, required = false, onSearch } = filter;
  return (
    <Select
      size="sm"
      {...(required ? { "aria-label": label, className: classes.required } : { label, placeholder: any })}
      data={options}
      value={value}
      clearable={!required}
      allowDeselect={!required}
      searchable={onSearch !== undefined || (!required && optionsOf(filter).length > FEW)}
      onSearchChange={onSearch}
      // Whoever looked has found by what stands in no label, too.
      filter={onSearch === undefined ? undefined : ({ options: found }) => found}
      onChange={(chosen) => onChange(changeOf(filter, chosen))}
      // A press in a list outside of the panel would close the panel.
      comboboxProps={{ withinPortal: required }}
    />
  );
}

function Words({ filter, onChange }: Omit<PartProps<WordsFilter>, "any">) {
  const { label, value } = filter;
  const [typed, setTyped] = useState(value ?? "");
  const later = useDebouncedCallback((words: string) => onChange(changeOf(filter, words || null)), {
    delay: TYPED_MS,
    flushOnUnmount: true,
  });
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <TextInput
      size="sm"
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      autoComplete="off"
    />
  );
}
