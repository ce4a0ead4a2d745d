/** What the archive is filtered and sorted by. */
import {
  ActionIcon,
  Button,
  Menu,
  Popover,
  Select,
  type SelectProps,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconArrowsSort, IconFilter } from "../../icons.ts";
import { DAYS } from "../../list/days.ts";
import { named } from "../../list/FilterSelect.tsx";
import { useBoard, useReadable } from "../../live/hooks.ts";
import type { DeskSearch } from "../../live/route.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { useFieldFilters } from "../../ui/useFieldFilters.ts";
import classes from "./ArchiveListView.module.css";
import { archiveQuery, isNarrowed } from "./model.ts";

const NO_FILTERS = {
  queue: null,
  operator: null,
  tag: null,
  field: null,
  days: null,
  from: null,
  to: null,
  stars_max: null,
  conclusion: null,
  held: null,
} as const;

export function ArchiveFilters() {
  return (
    <>
      <FilterPanel />
      <SortMenu />
    </>
  );
}

function FilterPanel() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const on = useMemo(() => isNarrowed({ ...archiveQuery(place.search), q: undefined }), [place.search]);
  return (
    <Popover position="bottom-end" width={300} trapFocus shadow="md" withRoles>
      <Popover.Target>
        <Tooltip label={t("list.filter")} openDelay={400}>
          <ActionIcon
            variant={on ? "light" : "subtle"}
            color={on ? undefined : "gray"}
            aria-label={t("list.filter")}
          >
            <IconFilter size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters} aria-label={t("list.filter")}>
        <ByPlace />
        <ByTime />
        <ByContent />
        <Button variant="subtle" size="sm" disabled={!on} onClick={() => filter(NO_FILTERS)}>
          {t("list.clearFilters")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoiceProps {
  field: keyof DeskSearch;
  label: string;
  none: string;
  data: SelectProps["data"];
  /** What goes with a choice. */
  besides?: { readonly [Name in keyof DeskSearch]?: null };
}

function Choice({ field, label, none, data, besides = {} }: ChoiceProps) {
  const { place, filter } = useDesk();
  return (
    <Select
      label={label}
      placeholder={none}
      clearable
      searchable
      data={data}
      value={place.search[field] ?? null}
      onChange={(value) => filter({ ...besides, [field]: value })}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function ByPlace() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { queues, operators } = useBoard();
  const all = useReadable(useConsole().tags.items);
  const fields = useFieldFilters("consultation");
  const tags = [...all.values()].filter(({ id, archived }) => !archived || id === place.search.tag);
  return (
    <>
      <Choice
        field="queue"
        label={t("list.queue")}
        none={t("list.allQueues")}
        data={named(queues.values())}
      />
      <Choice
        field="operator"
        label={t("list.operator")}
        none={t("list.allOperators")}
        data={named(operators.values())}
      />
      {tags.length > 0 && (
        <Choice field="tag" label={t("list.tag")} none={t("list.allTags")} data={named(tags)} />
      )}
      {fields.length > 0 && (
        <Choice field="field" label={t("fields.filter")} none={t("list.anyField")} data={fields} />
      )}
    </>
  );
}

/** Days back from now, or days of the calendar: one takes the other away. */
function ByTime() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const { search } = place;
  return (
    <>
      <Choice
        field="days"
        label={t("list.period")}
        none={t("list.anyTime")}
        data={DAYS.map((value) => ({ value, label: t("list.lastDays", { count: Number(value) }) }))}
        besides={{ from: null, to: null }}
      />
      <div className={classes.dates}>
        <TextInput
          type="date"
          label={t("archive.from")}
          value={search.from ?? ""}
          max={search.to}
          onChange={(event) => filter({ days: null, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t("archive.to")}
          value={search.to ?? ""}
          min={search.from}
          onChange={(event) => filter({ days: null, to: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

const STARS = ["1", "2", "3", "4", "5"] as const;
const YES_NO = ["true", "false"] as const;

function ByContent() {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        field="stars_max"
        label={t("archive.filter.stars")}
        none={t("archive.filter.anyStars")}
        data={STARS.map((value) => ({
          value,
          label: t("archive.filter.starsMax", { count: Number(value) }),
        }))}
      />
      <Choice
        field="conclusion"
        label={t("archive.filter.conclusion")}
        none={t("archive.filter.anyConclusion")}
        data={YES_NO.map((value) => ({ value, label: t(`archive.filter.conclusions.${value}`) }))}
      />
      <Choice
        field="held"
        label={t("archive.filter.hold")}
        none={t("archive.filter.anyHold")}
        data={YES_NO.map((value) => ({ value, label: t(`archive.filter.holds.${value}`) }))}
      />
    </>
  );
}

const SORTS = ["newest", "oldest"] as const;

function SortMenu() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const sort = place.search.sort === "oldest" ? "oldest" : "newest";
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Tooltip label={t("list.sort")} openDelay={400}>
          <ActionIcon
            variant={sort === "newest" ? "subtle" : "light"}
            color={sort === "newest" ? "gray" : undefined}
            aria-label={t("list.sort")}
          >
            <IconArrowsSort size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={sort} onChange={(next) => filter({ sort: next === "newest" ? null : next })}>
          {SORTS.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {t(`sort.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
