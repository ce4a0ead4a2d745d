/** The first days: a rehearsal with a phone, what has to be done before patients come, and the end of what was invented. */
import { useTranslation } from "react-i18next";
import { ChecklistCard } from "./ChecklistCard.tsx";
import { DemoCard } from "./DemoCard.tsx";
import { RehearsalCard } from "./RehearsalCard.tsx";
import classes from "./Setup.module.css";

export function SetupView() {
  const { t } = useTranslation();
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h2>{t("section.setup")}</h2>
        <p>{t("setup.intro")}</p>
      </header>
      <RehearsalCard />
      <ChecklistCard />
      <DemoCard />
    </div>
  );
}
