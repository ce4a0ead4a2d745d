/** A filter of a list that stands in the address: one of a few values, or none. */
import { Select, type SelectProps } from "@mantine/core";
import { useDesk } from "../desk/DeskContext.tsx";
import type { DeskSearch } from "../live/route.ts";
import classes from "./FilterSelect.module.css";

interface FilterSelectProps extends SelectProps<string> {
  field: keyof DeskSearch;
  label: string;
}

export function FilterSelect({ field, label, ...rest }: FilterSelectProps) {
  const { place, filter } = useDesk();
  return (
    <Select
      size="sm"
      className={classes.filter}
      wrapperProps={{ "data-field": field }}
      aria-label={label}
      clearable
      value={place.search[field] ?? null}
      onChange={(value) => filter({ [field]: value })}
      {...rest}
    />
  );
}

/** What a list is filtered by, for `data`. */
export function named(items: Iterable<{ readonly id: string; readonly name: string }>) {
  return [...items].map(({ id, name }) => ({ value: id, label: name }));
}
