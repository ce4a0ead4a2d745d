/** Tags of the desk, by their names. */
import { useLocale } from "@consilium/kit/brand";
import { MultiSelect } from "@mantine/core";
import { useReadable } from "../../../live/hooks.ts";
import { useConsole } from "../../../session/ConsoleContext.tsx";

interface TagFieldProps {
  label: string;
  value: readonly string[];
  error: string | undefined;
  /** Whether tags out of use can be chosen: consultations may have them still. */
  archived?: boolean;
  onChange: (tags: string[]) => void;
}

export function TagField({ label, value, error, archived = false, onChange }: TagFieldProps) {
  const locale = useLocale();
  const tags = useReadable(useConsole().tags.items);
  // What is chosen stays to be seen, whatever became of it.
  const shown = [...tags.values()].filter((tag) => archived || !tag.archived || value.includes(tag.id));
  const named = shown.map(({ id, names }) => ({
    value: id,
    label: names[locale] ?? Object.values(names)[0] ?? id,
  }));
  const unknown = value.filter((id) => !tags.has(id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      label={label}
      data={[...named.sort((a, b) => a.label.localeCompare(b.label)), ...unknown]}
      value={[...value]}
      error={error}
      searchable
      clearable
      onChange={onChange}
    />
  );
}
