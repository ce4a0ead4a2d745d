/** What happened, what it means for you, one button. */
import css from "./ErrorNotice.module.css";
import { IconAlertTriangle, IconInfoCircle } from "./icons.ts";
import { PlainButton } from "./PlainButton.tsx";
import type { ErrorNoticeProps } from "./props.ts";

export function ErrorNotice({ title, text, action, tone = "danger" }: ErrorNoticeProps) {
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={css.notice} data-tone={tone} role={tone === "info" ? "status" : "alert"}>
      <Icon className={css.icon} size={24} stroke={1.75} aria-hidden />
      <div className={css.words}>
        <p className={css.title}>{title}</p>
        {text !== undefined && <p className={css.text}>{text}</p>}
        {action !== undefined && (
          <PlainButton className={css.action} onClick={action.onClick} busy={action.loading ?? false}>
            {action.label}
          </PlainButton>
        )}
      </div>
    </div>
  );
}
