/** How a section stands: who changed it last, what the brand folder says, and that it can be removed or is gone. */
import { ApiProblem, type SettingsDocument } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconAlertTriangle } from "../../icons.ts";
import { When } from "../../ui/Elapsed.tsx";
import { refusalText } from "../../ui/problem.ts";
import { isMade, type Made } from "./model.ts";
import classes from "./Settings.module.css";
import { useSettingsApi, useShown } from "./useSettings.ts";

export function Standing({ document }: { document: SettingsDocument }) {
  const { t } = useTranslation();
  const { section } = document;
  const { changed_at: at, changed_by: by, origin, is_there: isThere, used_by: usedBy } = section;
  return (
    <>
      <p className={classes.muted}>
        {by === null || at === null ? (
          t("brandSettings.asFolder")
        ) : (
          <>
            {t("brandSettings.changedBy", { name: by.name })} <When at={at} />
          </>
        )}
      </p>
      {usedBy.length > 0 && (
        <p className={classes.muted}>
          {t("brandSettings.usedBy", { queues: usedBy.map(({ name }) => name).join(", ") })}
        </p>
      )}
      {origin === "folder_differs" && (
        <Warning text={t("brandSettings.folderDiffers")}>
          <TakeFolder document={document} />
        </Warning>
      )}
      {origin === "set_aside" && <Warning text={t("brandSettings.setAside")} />}
      {!isThere && <Warning text={t("brandSettings.isRemoved")} />}
      {isThere && isMade(section.kind) && <Remove document={document} kind={section.kind} />}
    </>
  );
}

function Warning({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className={classes.warning} role="note">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{text}</span>
      {children}
    </div>
  );
}

function TakeFolder({ document }: { document: SettingsDocument }) {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const shown = useShown();
  const { section, version } = document.section;
  const take = useMutation({
    mutationFn: () => api.restore(section, { based_on: version, version: 0 }),
    onSuccess: shown,
  });
  return (
    <Button size="compact-sm" variant="default" loading={take.isPending} onClick={() => take.mutate()}>
      {t("brandSettings.takeFolder")}
    </Button>
  );
}

/** Why one cannot be removed. */
const IN_USE: Readonly<Record<Made, string>> = {
  queue: "brandSettings.queueInUse",
  conclusion: "brandSettings.templateInUse",
  questionnaire: "brandSettings.formInUse",
  // Nothing names a rule.
  rule: "brandSettings.conflictUnnamed",
};

/** Removing asks once more, in place. */
function Remove({ document, kind }: { document: SettingsDocument; kind: Made }) {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const shown = useShown();
  const [asks, setAsks] = useState(false);
  const { section, version } = document.section;
  const remove = useMutation({
    mutationFn: () => api.change(section, { based_on: version, content: null }),
    onSuccess: shown,
  });
  const problem = remove.error === null ? null : ApiProblem.of(remove.error);
  const why = () => {
    if (problem === null) return null;
    if (problem.slug === "conflict" && problem.changedBy === null) return t(IN_USE[kind]);
    if (problem.fields.length > 0) return t("brandSettings.templateInUse");
    return refusalText(problem, t);
  };
  return (
    <div className={classes.remove}>
      {!asks && (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsks(true)}>
          {t(`brandSettings.remove.${kind}`)}
        </Button>
      )}
      {asks && (
        <>
          <span>{t("brandSettings.sure")}</span>
          <Button size="compact-sm" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("brandSettings.removeNow")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsks(false)}>
            {t("cancel")}
          </Button>
        </>
      )}
      {problem !== null && (
        <p className={classes.refused} role="alert">
          {why()}
        </p>
      )}
    </div>
  );
}
