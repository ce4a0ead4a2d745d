/**
 * Who could come into the call. Those who take part in the consultation see «Join the call» in its head; bringing somebody into the
 * consultation needs a route of the service, and there is none yet: the sheet says so instead of pretending.
 */
import { Modal } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBoard, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import classes from "./DevicesDialog.module.css";
import { colleagues } from "./model.ts";
import { useCallPlace } from "./useCallCommands.ts";

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("call.inviteTitle")}
      size="md"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {opened && <Colleagues />}
    </Modal>
  );
}

function Colleagues() {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { operators } = useBoard();
  const place = useCallPlace();
  const row = useRow(place?.at === "in" ? place.call.consultation_id : null);
  const found = useMemo(
    () => colleagues(operators.values(), row, me.operator?.id ?? null),
    [operators, row, me.operator?.id],
  );
  return (
    <div className={classes.content}>
      <p className={classes.muted}>{t("call.inviteText")}</p>
      {found.length === 0 ? (
        <p>{t("call.inviteNobody")}</p>
      ) : (
        <ul className={classes.people}>
          {found.map(({ operator, takesPart }) => (
            <li key={operator.id} className={classes.person}>
              <StatusDot status={operator.status} />
              <span className={classes.personName}>{operator.name}</span>
              <span className={classes.muted}>{t(takesPart ? "call.mayJoin" : "call.notPart")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
