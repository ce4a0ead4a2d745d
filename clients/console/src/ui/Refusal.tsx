/** Why something was not done, beside the button that was pressed. Nothing while nothing was refused. */
import { useTranslation } from "react-i18next";
import { refusalText } from "./problem.ts";
import classes from "./Refusal.module.css";

export function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <p className={classes.refused} role="alert">
      {refusalText(error, t)}
    </p>
  );
}
