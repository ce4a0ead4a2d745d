/** How the installation stands, for its administrators: looked at by a press, the worst first, with what to do; and a text of it for who helps. */
import type { DoctorFinding, DoctorReport } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconCheck, IconCopy } from "../../icons.ts";
import { Loaded } from "../../ui/Loaded.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { checkOf, countOf, reportText, worstFirst } from "./doctor.ts";
import classes from "./Setup.module.css";
import { useDoctor, useExamine } from "./useSetup.ts";

export function DoctorCard() {
  const { t } = useTranslation();
  const answer = useDoctor();
  const examine = useExamine();
  return (
    <section className={classes.card} aria-labelledby="setup-doctor">
      <h3 id="setup-doctor">{t("setup.doctor.title")}</h3>
      <Loaded answer={answer} rows={2} rowHeight={48}>
        {(report) => (
          <>
            <div role="status">
              <Sum report={report} />
            </div>
            {report.findings.length > 0 && (
              <ul className={classes.items} aria-label={t("setup.doctor.title")}>
                {worstFirst(report.findings).map((finding) => (
                  <Finding key={`${finding.check} ${finding.says}`} finding={finding} />
                ))}
              </ul>
            )}
            <Refusal error={examine.error} />
            <div className={classes.buttons}>
              <Button
                variant="default"
                loading={examine.isPending || report.state === "running"}
                onClick={() => examine.mutate()}
              >
                {t(report.state === "never" ? "setup.doctor.look" : "setup.doctor.again")}
              </Button>
              {report.state === "done" && <Copy report={report} />}
            </div>
          </>
        )}
      </Loaded>
    </section>
  );
}

/** What all of it comes to, and who asked. */
function Sum({ report }: { report: DoctorReport }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { state, findings, by, ended_at: at } = report;
  if (state !== "done") return <p className={classes.words}>{t(`setup.doctor.state.${state}`)}</p>;
  const [broken, warnings] = [countOf(findings, "broken"), countOf(findings, "warning")];
  return (
    <>
      <p className={classes.words}>
        {broken + warnings === 0 ? t("setup.doctor.well") : t("setup.doctor.sum", { broken, warnings })}
      </p>
      {by !== null && at !== null && (
        <p className={classes.muted}>
          {t("setup.doctor.asked", { name: by.name, when: fullWhen(at, region) })}
        </p>
      )}
    </>
  );
}

/** One thing. Its sentences are those of `consilium doctor`, which speaks English. */
function Finding({ finding: { check, level, says, remedy } }: { finding: DoctorFinding }) {
  const { t } = useTranslation();
  const known = checkOf(check);
  return (
    <li data-check={check} data-level={level}>
      <span className={classes.tick}>
        <span aria-hidden />
      </span>
      <div className={classes.item}>
        <p>
          <strong>{known === null ? check : t(`setup.doctor.check.${known}`)}</strong>{" "}
          <span className={classes.muted}>{t(`setup.doctor.level.${level}`)}</span>
        </p>
        <p className={classes.said} lang="en">
          {says}
        </p>
        {remedy !== null && (
          <p className={classes.muted} lang="en">
            {remedy}
          </p>
        )}
      </div>
    </li>
  );
}

function Copy({ report }: { report: DoctorReport }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={reportText(report)}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          leftSection={
            copied ? (
              <IconCheck size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconCopy size={16} stroke={1.75} aria-hidden />
            )
          }
          onClick={copy}
        >
          {t(copied ? "copied" : "setup.doctor.copy")}
        </Button>
      )}
    </CopyButton>
  );
}
