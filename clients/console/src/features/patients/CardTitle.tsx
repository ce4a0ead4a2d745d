/** Who a card is about. */
import { Avatar } from "@consilium/kit/ui";
import { useTranslation } from "react-i18next";
import { isSex } from "./model.ts";
import classes from "./PatientPanel.module.css";

export function CardTitle({ name, age, sex }: { name: string; age: number | null; sex: string | null }) {
  const { t } = useTranslation();
  const about = [age === null ? null : t("age", { count: age }), isSex(sex) ? t(`sex.${sex}`) : null].filter(
    (part) => part !== null,
  );
  return (
    <header className={classes.title}>
      <Avatar name={name} size="md" />
      <div className={classes.names}>
        <h2>{name}</h2>
        {about.length > 0 && <p>{about.join(", ")}</p>}
      </div>
    </header>
  );
}
