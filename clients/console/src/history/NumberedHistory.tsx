/** What was changed, newest first and numbered: by whom, why, what differs, and the way back to each. */
import type { SettingsDifference, SettingsHistory, SettingsVersion } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconArrowBackUp } from "../icons.ts";
import { When } from "../ui/Elapsed.tsx";
import { type Answer, Loaded } from "../ui/Loaded.tsx";
import { Refusal } from "../ui/Refusal.tsx";
import classes from "./NumberedHistory.module.css";

interface TellingProps {
  /** What was done, in a word or two. */
  did: (version: SettingsVersion) => string;
  /** What differs, in the words of the form. */
  tell: (differences: readonly SettingsDifference[]) => ReactNode;
}

interface NumberedHistoryProps extends TellingProps {
  title: string;
  /** What is said where nothing was changed yet. */
  none?: string;
  /** The first page. */
  answer: Answer<SettingsHistory>;
  older: (before: number) => Promise<SettingsHistory>;
  /** Brings a version back. Null: the reader may not. */
  restore: ((version: number) => Promise<unknown>) | null;
}

export function NumberedHistory(props: NumberedHistoryProps) {
  const { title, none, answer, older, restore, ...telling } = props;
  const id = useId();
  const restoring = useMutation({ mutationFn: async (version: number) => restore?.(version) });
  return (
    <section className={classes.history} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <Refusal error={restoring.error} />
      <Loaded answer={answer} rows={2} rowHeight={56}>
        {({ versions, next_before: before }) => (
          <>
            {versions.length === 0 && none !== undefined && <p className={classes.quiet}>{none}</p>}
            <ol className={classes.versions}>
              {versions.map((version, place) => (
                <Version key={version.version} version={version} {...telling}>
                  {restore !== null && (
                    <Back
                      version={version.version}
                      isNewest={place === 0}
                      busy={restoring.isPending}
                      onPress={restoring.mutate}
                    />
                  )}
                </Version>
              ))}
            </ol>
            {before !== null && <Older key={before} before={before} older={older} {...telling} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

interface VersionProps extends TellingProps {
  version: SettingsVersion;
  /** What can be done with it. */
  children?: ReactNode;
}

function Version({ version, did, tell, children }: VersionProps) {
  const { version: number, by, at, note, differences } = version;
  return (
    <li className={classes.version}>
      <p className={classes.head}>
        <span className={classes.what}>
          {number}. {by.name}: {did(version)}
        </span>
        <When at={at} className={classes.quiet} />
      </p>
      {note !== null && <p className={classes.note}>{note}</p>}
      {tell(differences)}
      {children}
    </li>
  );
}

interface BackProps {
  version: number;
  isNewest: boolean;
  busy: boolean;
  onPress: (version: number) => void;
}

/** The newest is undone: the one before it comes back. Any other comes back itself. */
function Back({ version, isNewest, busy, onPress }: BackProps) {
  const { t } = useTranslation();
  return (
    <Button
      className={classes.back}
      size="compact-sm"
      variant="default"
      disabled={busy}
      leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
      onClick={() => onPress(isNewest ? version - 1 : version)}
    >
      {t(isNewest ? "changes.undo" : "changes.restore")}
    </Button>
  );
}

interface OlderProps extends TellingProps {
  before: number;
  older: (before: number) => Promise<SettingsHistory>;
}

/** What is older than the first page, when it is asked for. */
function Older({ before, older, ...telling }: OlderProps) {
  const { t } = useTranslation();
  const [versions, setVersions] = useState<readonly SettingsVersion[]>([]);
  const [next, setNext] = useState<number | null>(before);
  const more = useMutation({
    mutationFn: older,
    onSuccess: (page) => {
      setVersions([...versions, ...page.versions]);
      setNext(page.next_before);
    },
  });
  return (
    <>
      <ol className={classes.versions}>
        {versions.map((version) => (
          <Version key={version.version} version={version} {...telling} />
        ))}
      </ol>
      <Refusal error={more.error} />
      {next !== null && (
        <Button size="sm" variant="default" loading={more.isPending} onClick={() => more.mutate(next)}>
          {t("changes.older")}
        </Button>
      )}
    </>
  );
}
