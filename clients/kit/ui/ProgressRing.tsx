/** Progress of a file, around the button that stops it. `null`: how much is left is unknown. */
import css from "./ProgressRing.module.css";

const RADIUS = 18;
const LENGTH = 2 * Math.PI * RADIUS;

export function ProgressRing({ part, label }: { part: number | null; label: string }) {
  const shown = part ?? 0.25;
  const percent = part === null ? undefined : Math.round(part * 100);
  return (
    <span
      className={css.frame}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <svg className={css.ring} data-unknown={part === null} viewBox="0 0 44 44" aria-hidden="true">
        <circle className={css.track} cx="22" cy="22" r={RADIUS} />
        <circle
          className={css.done}
          cx="22"
          cy="22"
          r={RADIUS}
          strokeDasharray={`${LENGTH * shown} ${LENGTH}`}
        />
      </svg>
    </span>
  );
}
