/** What a patient answered when he asked, with the questions of then; a red flag stands out, and is said to who does not see colours. */
import type { Answered, AnsweredItem } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { IconFlag } from "../icons.ts";
import classes from "./Answers.module.css";

export function Answers({ answers }: { answers: Answered }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <section className={classes.answers} aria-label={answers.title}>
      <h3 className={classes.title}>{answers.title}</h3>
      <dl className={classes.list}>
        {answers.items.map((item) => (
          <div key={item.link_id} className={classes.item} data-flag={item.red_flag}>
            <dt>{item.text}</dt>
            <dd>
              {item.red_flag && (
                <span className={classes.flag}>
                  <IconFlag size={16} stroke={2} aria-hidden />
                  <span className="unseen">{t("answers.redFlag")}</span>
                </span>
              )}
              {said(item)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useSaid(): (item: AnsweredItem) => string {
  const { t } = useTranslation();
  const { number, date } = useFormats();
  return ({ type, value, chosen, unit }) => {
    if (chosen.length > 0) return chosen.join(", ");
    if (typeof value === "boolean") return t(value ? "answers.yes" : "answers.no");
    if (typeof value === "number") return unit === null ? number(value) : `${number(value)} ${unit}`;
    if (type === "date") return date(`${String(value)}T12:00:00`);
    return String(value);
  };
}
