/** The rehearsal: a code for the phone, and steps that tick themselves as they happen. */
import type { Rehearsal, RehearsalState } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconCircleCheck } from "../../icons.ts";
import { Loaded } from "../../ui/Loaded.tsx";
import { QrPicture } from "../../ui/QrPicture.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { hintOf, isDone, nextStep, STEPS, type Step } from "./model.ts";
import classes from "./Setup.module.css";
import { useRehearsal, useRehearsalAct } from "./useSetup.ts";

export function RehearsalCard() {
  const { t } = useTranslation();
  const answer = useRehearsal();
  return (
    <section className={classes.card} aria-labelledby="setup-rehearsal">
      <h3 id="setup-rehearsal">{t("setup.rehearsal.title")}</h3>
      <Loaded answer={answer} rows={3} rowHeight={48}>
        {(state) => <Card state={state} />}
      </Loaded>
    </section>
  );
}

function Card({ state }: { state: RehearsalState }) {
  const { t } = useTranslation();
  const begin = useRehearsalAct((api) => api.begin());
  const leave = useRehearsalAct((api) => api.leave());
  const skip = useRehearsalAct((api) => api.skip());
  const rehearsal = state.rehearsal;
  const isOpen = rehearsal !== null && rehearsal.ended_at === null;
  const refused = begin.error ?? leave.error ?? skip.error;
  return (
    <>
      {isOpen ? (
        <Playing rehearsal={rehearsal} openRegistration={state.open_registration} />
      ) : (
        <p className={classes.words}>{t(state.passed ? "setup.rehearsal.passed" : "setup.rehearsal.text")}</p>
      )}
      <Refusal error={refused} />
      <div className={classes.buttons}>
        <Button
          variant={isOpen ? "default" : "filled"}
          loading={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {t(isOpen ? "setup.rehearsal.again" : "setup.rehearsal.begin")}
        </Button>
        {isOpen && (
          <Button variant="subtle" color="gray" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t(rehearsal.passed ? "setup.rehearsal.end" : "setup.rehearsal.leave")}
          </Button>
        )}
        {!isOpen && state.offered && (
          <Button variant="subtle" color="gray" loading={skip.isPending} onClick={() => skip.mutate()}>
            {t("setup.rehearsal.skip")}
          </Button>
        )}
      </div>
    </>
  );
}

function Playing({ rehearsal, openRegistration }: { rehearsal: Rehearsal; openRegistration: boolean }) {
  const { t } = useTranslation();
  const next = nextStep(rehearsal);
  return (
    <div className={classes.playing}>
      <figure className={classes.phone}>
        <QrPicture code={rehearsal.qr} label={t("setup.rehearsal.qr")} />
        <figcaption>
          {t("setup.rehearsal.scan")} <a href={rehearsal.link}>{rehearsal.link}</a>
        </figcaption>
      </figure>
      <ol className={classes.steps} aria-label={t("setup.rehearsal.steps")}>
        {STEPS.map((step, at) => (
          <StepLine key={step} rehearsal={rehearsal} step={step} number={at + 1} isNext={step === next}>
            {step === next && <Help rehearsal={rehearsal} step={step} openRegistration={openRegistration} />}
          </StepLine>
        ))}
      </ol>
      {/* One line for readers of the screen, who do not see the ticks come. */}
      <p className={next === null ? classes.done : "unseen"} role="status">
        {next === null
          ? t("setup.rehearsal.done")
          : t("setup.rehearsal.next", { step: t(`setup.rehearsal.step.${next}`) })}
      </p>
    </div>
  );
}

interface StepLineProps {
  rehearsal: Rehearsal;
  step: Step;
  number: number;
  isNext: boolean;
  children: React.ReactNode;
}

function StepLine({ rehearsal, step, number, isNext, children }: StepLineProps) {
  const { t } = useTranslation();
  const done = isDone(rehearsal, step);
  return (
    <li data-step={step} data-done={done} aria-current={isNext ? "step" : undefined}>
      <span className={classes.tick}>
        {done ? <IconCircleCheck size={22} stroke={2} aria-hidden /> : <span aria-hidden>{number}</span>}
      </span>
      <span>
        {t(`setup.rehearsal.step.${step}`)}
        {done && <span className="unseen"> {t("setup.done")}</span>}
        {children}
      </span>
    </li>
  );
}

interface HelpProps {
  rehearsal: Rehearsal;
  step: Step;
  openRegistration: boolean;
}

/** What to do now, and what is missing when nothing comes. */
function Help({ rehearsal, step, openRegistration }: HelpProps) {
  const { t } = useTranslation();
  const { open, goSection } = useDesk();
  const id = rehearsal.consultation_id;
  return (
    <span className={classes.help}>
      {t(`setup.rehearsal.hint.${hintOf(step, rehearsal.link, openRegistration)}`)}
      {step === "taken" && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => (id === null ? goSection("waiting") : open(id, "waiting"))}
        >
          {t("setup.rehearsal.toWaiting")}
        </Button>
      )}
      {(step === "answered" || step === "closed") && id !== null && (
        <Button size="compact-sm" variant="default" onClick={() => open(id, "mine")}>
          {t("setup.rehearsal.toTalk")}
        </Button>
      )}
    </span>
  );
}
