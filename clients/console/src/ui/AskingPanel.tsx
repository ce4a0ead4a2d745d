/** Somebody waits for an answer: said over whatever one does, and never in the way of what one types. */
import { Avatar } from "@consilium/kit/ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./AskingPanel.module.css";
import { asPane } from "./Pane.tsx";

interface AskingPanelProps {
  asks: "call" | "offer" | "invitation";
  /** Of its title, by which it is named. */
  id: string;
  /** Whose picture stands beside it. */
  name: string;
  title: ReactNode;
  /** Below the title: paragraphs. */
  words: ReactNode;
  /** Seconds that are left for the answer. */
  left?: number;
  /** Of how many milliseconds they are, where that is drawn. */
  length?: number;
  /** Between what is said and the buttons. */
  trouble?: ReactNode;
  /** The buttons. */
  children: ReactNode;
}

export function AskingPanel(props: AskingPanelProps) {
  const { asks, id, name, title, words, left, length, trouble, children } = props;
  const { t } = useTranslation();
  return (
    <section
      {...asPane(asks === "call" ? "call" : "offer")}
      className={classes.panel}
      data-asks={asks}
      role="alertdialog"
      aria-labelledby={id}
      aria-modal="false"
    >
      <div className={classes.who}>
        <Avatar name={name} size="md" />
        <div className={classes.words}>
          <h2 id={id} className={classes.name}>
            {title}
          </h2>
          {words}
        </div>
        {left !== undefined && (
          <span className={classes.left} role="timer" aria-label={t("offer.left", { count: left })}>
            {left}
          </span>
        )}
      </div>
      {left !== undefined && length !== undefined && (
        <progress className={classes.bar} max={length} value={left * 1_000} aria-hidden="true" />
      )}
      {trouble}
      <div className={classes.buttons}>{children}</div>
    </section>
  );
}
