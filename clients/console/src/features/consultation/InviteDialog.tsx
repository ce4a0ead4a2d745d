/** Asks a colleague into a consultation, and with it into its call: who is on duty, as what. */
import type { GuestRole } from "@consilium/kit/api";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch } from "../../icons.ts";
import { useActionState, useBoard, useReadable, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { type Colleague, colleagues, GUEST_ROLES, isGuestRole } from "./model.ts";
import classes from "./TransferDialog.module.css";

interface InviteDialogProps {
  consultationId: string | null;
  onClose: () => void;
}

export function InviteDialog({ consultationId, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const row = useRow(consultationId);
  return (
    <Modal
      opened={consultationId !== null}
      onClose={onClose}
      title={t("invite.title", { name: row?.patient.name ?? "" })}
      size="lg"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {consultationId !== null && <Form id={consultationId} onClose={onClose} />}
    </Modal>
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
  const action = useActionState(id);
  const busy = action?.status === "busy";
  const rings = useIsInCall(id);
  const refused =
    action?.status === "refused" && action.verb === "invite" ? problemWords(action.problem, t) : null;

  const send = async () => {
    if (chosen === null || busy) return;
    if (await actions.invite(id, chosen, role)) onClose();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p className={classes.about}>{t(rings ? "invite.textInCall" : "invite.text")}</p>
      <TextInput
        data-autofocus
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        placeholder={t("transfer.findOperator")}
        aria-label={t("transfer.findOperator")}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      />
      <Choices found={found} chosen={chosen} onChoose={setChosen} />
      <Select
        label={t("invite.role")}
        data={GUEST_ROLES.map((value) => ({ value, label: t(`participantRole.${value}`) }))}
        value={role}
        allowDeselect={false}
        onChange={(value) => isGuestRole(value) && setRole(value)}
        description={t(`invite.about.${role}`)}
        checkIconPosition="right"
      />
      {refused !== null && (
        <p className={classes.refused} role="alert">
          {refused.title} {refused.text}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" disabled={chosen === null} loading={busy}>
          {t(rings ? "invite.submitInCall" : "invite.submit")}
        </Button>
      </div>
    </form>
  );
}

interface ChoicesProps {
  found: readonly Colleague[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

function Choices({ found, chosen, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  const name = useId();
  if (found.length === 0) return <p className={classes.none}>{t("invite.nobody")}</p>;
  return (
    <fieldset className={classes.choices}>
      <legend className="unseen">{t("invite.whom")}</legend>
      {found.map(({ operator, role }) => (
        <label key={operator.id} className={classes.choice}>
          <input
            type="radio"
            name={name}
            checked={chosen === operator.id}
            disabled={role === "lead"}
            onChange={() => onChoose(operator.id)}
          />
          <span className={classes.choiceName}>{operator.name}</span>
          <span className={classes.choiceAbout}>
            <StatusDot status={operator.status} />{" "}
            {role !== null
              ? t(`participantRole.${role}`)
              : (operator.title ?? t(`status.${operator.status}`))}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
