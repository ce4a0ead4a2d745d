/** Asks a colleague into a consultation, and with it into its call: who is on duty, as what; by name, or whoever serves a service. */
import type { GuestRole } from "@consilium/kit/api";
import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
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
import { InviteQueueForm } from "./InviteQueueForm.tsx";
import { type Colleague, colleagues, GUEST_ROLES } from "./model.ts";
import { RoleSelect } from "./RoleSelect.tsx";

export function InviteDialog(props: ConsultationDialogProps) {
  return (
    <ConsultationDialog title="invite.title" {...props}>
      {(id) => <Whom id={id} onClose={props.onClose} />}
    </ConsultationDialog>
  );
}

interface FormProps {
  id: string;
  onClose: () => void;
  /** By name, or by service. */
  how: ReactNode;
}

function Whom({ id, onClose }: Omit<FormProps, "how">) {
  const { t } = useTranslation();
  const [by, setBy] = useState<"name" | "queue">("name");
  const how = (
    <SegmentedControl
      fullWidth
      aria-label={t("invite.whom")}
      value={by}
      onChange={setBy}
      data={[
        { value: "name", label: t("invite.byName") },
        { value: "queue", label: t("invite.byQueue") },
      ]}
    />
  );
  const FormOf = by === "name" ? Form : InviteQueueForm;
  return <FormOf id={id} onClose={onClose} how={how} />;
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

function Form({ id, onClose, how }: FormProps) {
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
      {how}
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
      <RoleSelect role={role} onChange={setRole} />
    </ConsultationForm>
  );
}
