/** The fields behind a list's filter button. */
import { FocusTrap, Popover } from "@mantine/core";
import type { RefObject } from "react";
import { At } from "../At.tsx";
import { useAfterMount } from "../useAfterMount.ts";
import { Part } from "./FilterFields.tsx";
import classes from "./Filters.module.css";
import type { Filter, FilterChange } from "./model.ts";

interface FilterPanelProps {
  button: RefObject<HTMLElement | null>;
  opened: boolean;
  setOpened: (opened: boolean) => void;
  filters: readonly Filter[];
  /** What the panel is called. */
  label: string;
  /** What a choice says where nothing is chosen. */
  any: string;
  onChange: (change: FilterChange) => void;
}

export function FilterPanel({ button, opened, setOpened, filters, label, any, onChange }: FilterPanelProps) {
  return (
    <Popover
      opened={useAfterMount(opened, false)}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      trapFocus
      shadow="md"
      withRoles
    >
      <Popover.Target>
        <At anchor={button.current} />
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={label}>
        {/* A list that is searched opens when the focus comes to it: nothing is opened before it is asked for. */}
        <FocusTrap.InitialFocus />
        {filters.map((filter) => (
          <Part key={filter.field} filter={filter} any={any} onChange={onChange} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
