/** A calendar date to be typed, for dates long ago: in the order of the brand's country, with digits only. */
import { TextInput, type TextInputProps } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRegion } from "../brand/BrandProvider.tsx";
import { dateOrder, readDate, withSeparators, writtenDate } from "../brand/typed-date.ts";

export interface DateFieldProps extends Omit<TextInputProps, "value" | "onChange"> {
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  /** `YYYY-MM-DD`, empty, or what was typed where it is no date (yet). */
  onChange: (value: string) => void;
}

export function DateField({ value, onChange, ...rest }: DateFieldProps) {
  const { t } = useTranslation("kit");
  const region = useRegion();
  const order = useMemo(() => dateOrder(region), [region]);
  const [typed, setTyped] = useState(() => writtenDate(value, order));
  const meant = (text: string) => readDate(text, order) ?? text;
  return (
    <TextInput
      inputMode="numeric"
      placeholder={order.parts.map((part) => t(`date.${part}`)).join(order.separator)}
      {...rest}
      value={meant(typed) === value ? typed : writtenDate(value, order)}
      onChange={(event) => {
        const text = withSeparators(event.currentTarget.value, order);
        setTyped(text);
        onChange(meant(text));
      }}
    />
  );
}
