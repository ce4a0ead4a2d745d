/** Who changed something, unfolded on request: what each version was, newest first; an earlier one goes back into the form. */
import type { StaffApi } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../session/ConsoleContext.tsx";
import { When } from "../ui/Elapsed.tsx";
import { Loaded } from "../ui/Loaded.tsx";
import classes from "./VersionFold.module.css";

/** A version as it is read. */
export interface VersionLine {
  readonly key: number;
  readonly at: string;
  readonly by: string;
  readonly what: ReactNode;
}

interface VersionsProps<T> {
  title: string;
  /** What is asked for anew: with the version of today in it. */
  queryKey: readonly unknown[];
  read: (api: StaffApi) => Promise<readonly T[]>;
  line: (version: T) => VersionLine;
  /** Where nothing is given they are only read. */
  onBringBack?: (version: T) => void;
}

export function VersionFold<T>(props: VersionsProps<T>) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.title}</summary>
      {open && <Versions {...props} />}
    </details>
  );
}

function Versions<T>({ title, queryKey, read, line, onBringBack }: VersionsProps<T>) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const answer = useQuery({ queryKey, queryFn: () => read(api) });
  return (
    <Loaded<readonly T[]> answer={answer} rows={2} rowHeight={40}>
      {(versions) => (
        <ol className={classes.versions} aria-label={title}>
          {versions.map((version, place) => {
            const { key, at, by, what } = line(version);
            return (
              <li key={key}>
                {what}
                <span className={classes.changed}>
                  {by} <When at={at} />
                </span>
                {place > 0 && onBringBack !== undefined && (
                  <Button size="compact-sm" variant="default" onClick={() => onBringBack(version)}>
                    {t("changes.bringBack")}
                  </Button>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </Loaded>
  );
}
