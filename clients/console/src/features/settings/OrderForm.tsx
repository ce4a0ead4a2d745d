/** The order in which patients and desks see the queues, or in which rules are looked at. */
import { useTranslation } from "react-i18next";
import { moved } from "../../list/moved.ts";
import { useBoard } from "../../live/hooks.ts";
import { MoveButtons } from "./CardHead.tsx";
import { FieldGroup, type FormProps } from "./fields.tsx";
import type { Order } from "./model.ts";
import classes from "./Settings.module.css";
import { useSettingsList } from "./useSettings.ts";

interface OrderFormProps extends FormProps<Order> {
  of: "queues" | "rules";
}

const HINTS = { queues: "brandSettings.orderHint", rules: "brandSettings.rule.orderHint" } as const;

export function OrderForm({ of, value, errors, onChange }: OrderFormProps) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const { data } = useSettingsList();
  const nameOf = (id: string) => {
    if (of === "queues") return queues.get(id)?.name ?? id;
    return data?.sections.find(({ section }) => section === `rule.${id}`)?.title ?? id;
  };
  const move = (place: number, step: 1 | -1) => onChange({ order: moved(value.order, place, step) });
  return (
    <FieldGroup hint={t(HINTS[of])}>
      <ol className={classes.order}>
        {value.order.map((id, place) => {
          const name = nameOf(id);
          return (
            <li key={id} className={classes.orderItem}>
              <span className={classes.itemName}>{name}</span>
              <MoveButtons
                name={name}
                isFirst={place === 0}
                isLast={place === value.order.length - 1}
                onMove={(step) => move(place, step)}
              />
            </li>
          );
        })}
      </ol>
      {errors.get("order") !== undefined && <p className={classes.refused}>{errors.get("order")}</p>}
    </FieldGroup>
  );
}
