/** The order in which patients and desks see the queues. */
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import { MoveButtons } from "./CardHead.tsx";
import { FieldGroup, type FormProps } from "./fields.tsx";
import { moved, type Order } from "./model.ts";
import classes from "./Settings.module.css";

export function OrderForm({ value, errors, onChange }: FormProps<Order>) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const move = (place: number, step: 1 | -1) => onChange({ order: moved(value.order, place, step) });
  return (
    <FieldGroup title={t("brandSettings.kind.queues")} hint={t("brandSettings.orderHint")}>
      <ol className={classes.order}>
        {value.order.map((id, place) => {
          const name = queues.get(id)?.name ?? id;
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
