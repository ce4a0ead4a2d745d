/** Who changed a section, when, what and why; and the way back. */
import type { SettingsDocument, SettingsVersion } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconArrowBackUp } from "../../icons.ts";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { asProblem, fieldWords, problemWords } from "../../ui/problem.ts";
import { Differences } from "./Differences.tsx";
import { type ThingNames, thingNames } from "./names.ts";
import classes from "./Settings.module.css";
import { useSettingsApi, useSettingsHistory, useShown } from "./useSettings.ts";

export function History({ document }: { document: SettingsDocument }) {
  const { t } = useTranslation();
  const { section, version } = document.section;
  const { data, isError, error, refetch, isFetching } = useSettingsHistory(section, version);
  const { restore, failed, isRestoring } = useRestore(document);
  const locale = useLocale();
  const names = useMemo(() => thingNames([document.content], locale), [document.content, locale]);
  if (version === 0) return null;
  return (
    <section className={classes.history} aria-labelledby="settings-history">
      <h3 id="settings-history">{t("brandSettings.history")}</h3>
      {failed !== null && (
        <p className={classes.refused} role="alert">
          {failed}
        </p>
      )}
      {isError && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && !isError && <Loading rows={2} rowHeight={56} />}
      <ol className={classes.versions}>
        {data?.versions.map((one) => (
          <Version
            key={one.version}
            version={one}
            isNewest={one.version === version}
            names={names}
            busy={isRestoring}
            onRestore={restore}
          />
        ))}
      </ol>
      {data !== undefined && data.next_before !== null && (
        <Older section={section} before={data.next_before} names={names} />
      )}
    </section>
  );
}

function useRestore(document: SettingsDocument) {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const shown = useShown();
  const { section, version: basedOn } = document.section;
  const mutation = useMutation({
    mutationFn: (version: number) => api.restore(section, { based_on: basedOn, version }),
    onSuccess: shown,
  });
  const problem = mutation.error === null ? null : asProblem(mutation.error);
  const words = problem === null ? null : problemWords(problem, t);
  const byField = problem?.fields.map((wrong) => fieldWords(wrong, t)).join(" ");
  const failed = words === null ? null : byField || `${words.title} ${words.text ?? ""}`;
  return { restore: (version: number) => mutation.mutate(version), failed, isRestoring: mutation.isPending };
}

interface VersionProps {
  version: SettingsVersion;
  isNewest: boolean;
  names: ThingNames;
  busy: boolean;
  onRestore: ((version: number) => void) | null;
}

function Version({ version, isNewest, names, busy, onRestore }: VersionProps) {
  const { t } = useTranslation();
  const { version: number, by, at, note, restores, removed, differences } = version;
  const did = () => {
    if (removed) return t("brandSettings.did.removed");
    if (restores === 0) return t("brandSettings.did.folder");
    if (restores !== null) return t("brandSettings.did.restored", { version: restores });
    return t("brandSettings.did.changed");
  };
  return (
    <li className={classes.version}>
      <p className={classes.versionHead}>
        <span className={classes.itemName}>
          {number}. {by.name}: {did()}
        </span>
        <When at={at} className={classes.muted} />
      </p>
      {note !== null && <p className={classes.note}>{note}</p>}
      <Differences differences={differences} names={names} />
      {onRestore !== null && (
        <Button
          className={classes.add ?? ""}
          size="compact-sm"
          variant="default"
          disabled={busy}
          leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
          onClick={() => onRestore(isNewest ? number - 1 : number)}
        >
          {t(isNewest ? "brandSettings.undo" : "brandSettings.restore")}
        </Button>
      )}
    </li>
  );
}

/** What is older than the first page, when it is asked for. */
interface OlderProps {
  section: string;
  before: number;
  names: ThingNames;
}

function Older({ section, before, names }: OlderProps) {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const [versions, setVersions] = useState<readonly SettingsVersion[]>([]);
  const [next, setNext] = useState<number | null>(before);
  const more = useMutation({
    mutationFn: (from: number) => api.history(section, from),
    onSuccess: (page) => {
      setVersions([...versions, ...page.versions]);
      setNext(page.next_before);
    },
  });
  return (
    <>
      <ol className={classes.versions}>
        {versions.map((one) => (
          <Version
            key={one.version}
            version={one}
            isNewest={false}
            names={names}
            busy={false}
            onRestore={null}
          />
        ))}
      </ol>
      {next !== null && (
        <Button size="sm" variant="default" loading={more.isPending} onClick={() => more.mutate(next)}>
          {t("brandSettings.older")}
        </Button>
      )}
    </>
  );
}
