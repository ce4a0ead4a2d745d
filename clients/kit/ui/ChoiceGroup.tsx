/** A few options side by side, as real radio buttons or, where several may be chosen, check boxes: language, theme, sex. */
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

interface GroupProps<T extends string> {
  label: string;
  /** Draws the label for the eye too; it is always there for readers of the screen. */
  labelVisible?: boolean;
  choices: readonly Choice<T>[];
}

export interface ChoiceGroupProps<T extends string> extends GroupProps<T> {
  value: T | null;
  onChange: (value: T) => void;
}

export function ChoiceGroup<T extends string>({ value, onChange, ...group }: ChoiceGroupProps<T>) {
  return <Group {...group} type="radio" isChosen={(one) => one === value} onPress={onChange} />;
}

export interface ChoicesGroupProps<T extends string> extends GroupProps<T> {
  values: readonly T[];
  /** In the order of the choices. */
  onChange: (values: T[]) => void;
}

export function ChoicesGroup<T extends string>({ values, onChange, ...group }: ChoicesGroupProps<T>) {
  const press = (pressed: T) => {
    const isIn = (one: T) => values.includes(one) !== (one === pressed);
    onChange(group.choices.map(({ value }) => value).filter(isIn));
  };
  return <Group {...group} type="checkbox" isChosen={(one) => values.includes(one)} onPress={press} />;
}

interface PressedProps<T extends string> extends GroupProps<T> {
  type: "radio" | "checkbox";
  isChosen: (value: T) => boolean;
  onPress: (value: T) => void;
}

function Group<T extends string>({
  label,
  labelVisible = true,
  choices,
  type,
  isChosen,
  onPress,
}: PressedProps<T>) {
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
              type={type}
              name={name}
              value={choice.value}
              checked={isChosen(choice.value)}
              onChange={() => onPress(choice.value)}
            />
            {choice.icon}
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
