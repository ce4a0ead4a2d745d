/** For which queues something prepared is meant; none chosen: for all. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../live/hooks.ts";
import classes from "./Prepared.module.css";

interface QueueChoiceProps {
  value: readonly string[];
  error: string | undefined;
  onChange: (queues: string[]) => void;
}

export function QueueChoice({ value, error, onChange }: QueueChoiceProps) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const all = [...queues.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Checkbox.Group
      label={t("canned.queues")}
      description={t("canned.queuesHint")}
      value={[...value]}
      error={error}
      onChange={onChange}
    >
      <div className={classes.queues}>
        {all.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
