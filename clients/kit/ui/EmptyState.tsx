/** Says what will be here, and offers the action that brings it. */
import css from "./EmptyState.module.css";
import { PlainButton } from "./PlainButton.tsx";
import type { EmptyStateProps } from "./props.ts";

export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <span className={css.icon} aria-hidden>
        {icon}
      </span>
      <p className={css.title}>{title}</p>
      {text !== undefined && <p className={css.text}>{text}</p>}
      {action !== undefined && (
        <PlainButton variant="filled" className={css.action} onClick={action.onClick}>
          {action.label}
        </PlainButton>
      )}
    </div>
  );
}
