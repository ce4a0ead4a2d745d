/** The first days: a rehearsal with a phone, what has to be done before patients come, how the installation stands, and the end of what was invented. */
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { ChecklistCard } from "./ChecklistCard.tsx";
import { DemoCard } from "./DemoCard.tsx";
import { DoctorCard } from "./DoctorCard.tsx";
import { RehearsalCard } from "./RehearsalCard.tsx";
import classes from "./Setup.module.css";

export function SetupView() {
  const { t } = useTranslation();
  const { me } = useConsole();
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h2>{t("section.setup")}</h2>
        <p>{t("setup.intro")}</p>
      </header>
      <RehearsalCard />
      <ChecklistCard />
      {me.operator?.role === "administrator" && <DoctorCard />}
      <DemoCard />
    </div>
  );
}
