/** The order in which patients and desks see the queues. */
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconArrowDown, IconArrowUp } from "../../icons.ts";
import { useBoard } from "../../live/hooks.ts";
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
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={place === 0}
                aria-label={t("brandSettings.up", { name })}
                onClick={() => move(place, -1)}
              >
                <IconArrowUp size={16} stroke={1.75} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={place === value.order.length - 1}
                aria-label={t("brandSettings.down", { name })}
                onClick={() => move(place, 1)}
              >
                <IconArrowDown size={16} stroke={1.75} />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      {errors.get("order") !== undefined && <p className={classes.refused}>{errors.get("order")}</p>}
    </FieldGroup>
  );
}
