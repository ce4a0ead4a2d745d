/** A few options side by side, as real radio buttons: language, theme, sex. */
import { type ReactNode, useId } from "react";
import css from "./ChoiceGroup.module.css";
import { useDensity } from "./density.tsx";

export interface Choice<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
  /** BCP 47, when the label is in another language than the page. */
  lang?: string;
}

export interface ChoiceGroupProps<T extends string> {
  label: string;
  /** Draws the label for the eye too; it is always there for readers of the screen. */
  labelVisible?: boolean;
  choices: readonly Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
}

export function ChoiceGroup<T extends string>({
  label,
  labelVisible = true,
  choices,
  value,
  onChange,
}: ChoiceGroupProps<T>) {
  const name = useId();
  const density = useDensity();
  return (
    <fieldset className={css.group} data-density={density}>
      <legend className={labelVisible ? css.legend : "unseen"}>{label}</legend>
      <div className={css.row}>
        {choices.map((choice) => (
          <label key={choice.value} className={css.choice} lang={choice.lang}>
            <input
              className={css.input}
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            {choice.icon}
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
