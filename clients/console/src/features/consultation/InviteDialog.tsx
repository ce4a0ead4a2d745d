/** Asks a colleague into a consultation, and with it into its call: who is on duty, as what. */
import type { GuestRole } from "@consilium/kit/api";
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBoard, useReadable, useRow } from "../../live/hooks.ts";
import { statusWords } from "../../live/reason.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import classes from "./ConsultationDialog.module.css";
import {
  Choices,
  ConsultationDialog,
  type ConsultationDialogProps,
  ConsultationForm,
  Finder,
} from "./ConsultationDialog.tsx";
import { type Colleague, colleagues, GUEST_ROLES, isGuestRole } from "./model.ts";

export function InviteDialog(props: ConsultationDialogProps) {
  return (
    <ConsultationDialog title="invite.title" {...props}>
      {(id) => <Form id={id} onClose={props.onClose} />}
    </ConsultationDialog>
  );
}

function useColleagues(id: string, q: string): Colleague[] {
  const { me } = useConsole();
  const { operators } = useBoard();
  const row = useRow(id);
  return useMemo(
    () => colleagues(operators.values(), row, me.operator?.id ?? null, q),
    [operators, row, me.operator?.id, q],
  );
}

/** Whether this operator is in a call of the consultation: the colleague is rung at once then. */
function useIsInCall(id: string): boolean {
  const place = useReadable(useConsole().calls.place);
  return place?.at === "in" && place.call.consultation_id === id;
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [role, setRole] = useState<GuestRole>(GUEST_ROLES[0]);
  const found = useColleagues(id, q);
  const rings = useIsInCall(id);
  return (
    <ConsultationForm
      id={id}
      verb="invite"
      submit={t(rings ? "invite.submitInCall" : "invite.submit")}
      isWhole={chosen !== null}
      send={async () => chosen !== null && actions.invite(id, chosen, role)}
      onClose={onClose}
    >
      <p className={classes.about}>{t(rings ? "invite.textInCall" : "invite.text")}</p>
      <Finder label={t("transfer.findOperator")} value={q} onChange={setQ} />
      <Choices
        label={t("invite.whom")}
        none={t("invite.nobody")}
        choices={found.map(({ operator, role: already }) => ({
          id: operator.id,
          name: operator.name,
          about: (
            <>
              <StatusDot status={operator.status} color={operator.status_kind?.color ?? null} />{" "}
              {already !== null
                ? t(`participantRole.${already}`)
                : (operator.title ?? statusWords(operator, t))}
            </>
          ),
          isDisabled: already === "lead",
        }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <Select
        label={t("invite.role")}
        data={GUEST_ROLES.map((value) => ({ value, label: t(`participantRole.${value}`) }))}
        value={role}
        allowDeselect={false}
        onChange={(value) => isGuestRole(value) && setRole(value)}
        description={t(`invite.about.${role}`)}
        checkIconPosition="right"
      />
    </ConsultationForm>
  );
}
