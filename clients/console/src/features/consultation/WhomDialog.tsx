/** Corrects for whom a consultation is: the patient himself, or somebody he acts for. What it is based on is what was seen when the dialog opened. */
import { PersonApi } from "@consilium/kit/api";
import { Modal, Radio } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./ConsultationDialog.module.css";
import type { ConsultationDialogProps } from "./ConsultationDialog.tsx";

/** No id of a person is this. */
const SELF = "self";

export function WhomDialog({ consultationId, onClose }: ConsultationDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={consultationId !== null} onClose={onClose} title={t("whom.title")}>
      {consultationId !== null && <Loader key={consultationId} id={consultationId} onClose={onClose} />}
    </Modal>
  );
}

interface PartProps {
  id: string;
  onClose: () => void;
}

/** Whom the patient acts for stands on his card; reading it is recorded. */
function Loader({ id, onClose }: PartProps) {
  const { api } = useConsole();
  const row = useRow(id);
  const patientId = row?.patient.id ?? null;
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["patient", patientId],
    queryFn: () => api.patient(patientId ?? ""),
    enabled: patientId !== null,
    staleTime: 5 * 60_000,
  });
  if (row === null) return null;
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={3} rowHeight={32} />;
  }
  const persons = data.persons.filter(({ active, id: person }) => active || person === row.person?.id);
  return (
    <Form
      id={id}
      was={row.person?.id ?? null}
      choices={[
        { value: SELF, label: row.patient.name },
        ...persons.map(({ id: value, name }) => ({ value, label: name })),
      ]}
      onClose={onClose}
    />
  );
}

interface FormProps extends PartProps {
  was: string | null;
  choices: readonly { readonly value: string; readonly label: string }[];
}

function Form({ id, was: isNow, choices, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  // Whoever corrects it meanwhile is not overruled unseen.
  const [was] = useState(isNow);
  const [chosen, setChosen] = useState(was ?? SELF);
  const sending = useMutation({
    mutationFn: () =>
      new PersonApi(api.client).correct(id, { person_id: chosen === SELF ? null : chosen, was }),
    onSuccess: onClose,
  });
  const { byField, general } = refusals(sending.error, { person_id: "person" }, t);
  return (
    <DialogForm
      submit={t("whom.submit")}
      isWhole={chosen !== (was ?? SELF)}
      busy={sending.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => sending.mutate()}
    >
      <p className={classes.about}>{t(choices.length > 1 ? "whom.text" : "whom.nobody")}</p>
      <Radio.Group label={t("whom.label")} value={chosen} onChange={setChosen} error={byField.get("person")}>
        {choices.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} mt="xs" />
        ))}
      </Radio.Group>
    </DialogForm>
  );
}
