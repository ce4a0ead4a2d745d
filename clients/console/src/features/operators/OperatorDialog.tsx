/** Adds an operator, or changes one. Supervisors only; the server decides. */
import type { Operator, OperatorRole } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Checkbox, Modal, NumberInput, SegmentedControl, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useBoard, useMyOperator } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import {
  checkForm,
  emptyForm,
  formOf,
  givenBy,
  knownSkills,
  newOperator,
  type OperatorForm,
  operatorPatch,
  rolesToGive,
} from "./model.ts";
import classes from "./OperatorDialog.module.css";
import { ScheduleFields } from "./ScheduleFields.tsx";

interface OperatorDialogProps {
  opened: boolean;
  operatorId: string | null;
  onClose: () => void;
}

export function OperatorDialog({ opened, operatorId, onClose }: OperatorDialogProps) {
  const { t } = useTranslation();
  const board = useBoard();
  const operator = operatorId === null ? null : (board.operators.get(operatorId) ?? null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(operatorId === null ? "operators.addTitle" : "operators.edit")}
      size="lg"
    >
      {opened && <Form operator={operator} onClose={onClose} />}
    </Modal>
  );
}

const SERVER_FIELDS: Readonly<Record<string, keyof OperatorForm>> = {
  user_id: "userId",
  name: "name",
  title: "title",
  grade: "grade",
  role: "role",
  queues: "queues",
  skills: "skills",
  languages: "languages",
  capacity: "capacity",
  time_zone: "timeZone",
};

function Form({ operator, onClose }: { operator: Operator | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { server } = useBrand();
  const board = useBoard();
  const { api, desk } = useConsole();
  const { open } = useDesk();
  const { form, change, refused, errorOf, dialog } = useDialogForm<OperatorForm, Operator>({
    begin: () => (operator === null ? emptyForm() : formOf(operator)),
    check: (typed) => checkForm(typed, server.server_name),
    send: (typed) =>
      operator === null
        ? api.createOperator(newOperator(typed, server.server_name))
        : api.updateOperator(operator.id, operatorPatch(operator, typed)),
    fields: SERVER_FIELDS,
    onSaved: (saved) => {
      desk.apply({ kind: "operator", operator: saved });
      open(saved.id, "operators");
      onClose();
    },
  });
  const queues = [...board.queues.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <DialogForm submit={t(operator === null ? "operators.add" : "save")} {...dialog} onClose={onClose}>
      <TextInput
        data-autofocus={operator === null ? true : undefined}
        label={t("operators.account")}
        description={t("operators.accountHint", { example: `@petrova:${server.server_name}` })}
        required
        disabled={operator !== null}
        value={form.userId}
        error={errorOf("userId")}
        onChange={(event) => change({ userId: event.currentTarget.value })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextInput
        label={t("operators.name")}
        description={t("operators.nameHint")}
        required
        value={form.name}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t("operators.title")}
        description={t("operators.titleHint")}
        value={form.title}
        error={refused.get("title")}
        onChange={(event) => change({ title: event.currentTarget.value })}
        autoComplete="off"
      />
      <TextInput
        label={t("operators.grade")}
        description={t("operators.gradeHint")}
        value={form.grade}
        error={refused.get("grade")}
        onChange={(event) => change({ grade: event.currentTarget.value })}
        autoComplete="off"
      />
      <RoleField standing={operator?.role ?? "operator"} form={form} refused={refused} change={change} />
      <Checkbox.Group
        label={t("operators.queues")}
        value={[...form.queues]}
        error={errorOf("queues")}
        onChange={(chosen) => change({ queues: chosen })}
      >
        <div className={classes.queues}>
          {queues.map((queue) => (
            <Checkbox key={queue.id} value={queue.id} label={queue.name} />
          ))}
        </div>
      </Checkbox.Group>
      <Profile form={form} errorOf={errorOf} refused={refused} change={change} />
      <ScheduleFields form={form} errorOf={errorOf} refused={refused} change={change} />
    </DialogForm>
  );
}

interface RoleFieldProps {
  standing: OperatorRole;
  form: OperatorForm;
  refused: ReadonlyMap<string, string>;
  change: (part: Partial<OperatorForm>) => void;
}

/** What he may do: at most what who says so may do himself. */
function RoleField({ standing, form, refused, change }: RoleFieldProps) {
  const { t } = useTranslation();
  const { operators } = useBoard();
  const own = givenBy(operators.values(), useMyOperator()?.role ?? "supervisor");
  const error = refused.get("role");
  return (
    <div>
      <p className={classes.label} id="operator-role">
        {t("operators.role")}
      </p>
      <SegmentedControl
        fullWidth
        classNames={{ root: classes.roles, control: classes.role }}
        aria-labelledby="operator-role"
        aria-describedby={
          error === undefined ? "operator-role-about" : "operator-role-about operator-role-wrong"
        }
        value={form.role}
        onChange={(role) => change({ role })}
        data={rolesToGive(own, standing).map((role) => ({ value: role, label: t(`role.${role}`) }))}
      />
      <p className={classes.about} id="operator-role-about">
        {t(`operators.roleHint.${form.role}`)}
      </p>
      {error !== undefined && (
        <p className={classes.wrong} id="operator-role-wrong" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

interface ProfileProps {
  form: OperatorForm;
  errorOf: (field: "skills" | "capacity") => string | undefined;
  refused: ReadonlyMap<string, string>;
  change: (part: Partial<OperatorForm>) => void;
}

/** What the desk goes by when it offers patients. */
function Profile({ form, errorOf, refused, change }: ProfileProps) {
  const { t } = useTranslation();
  const brand = useBrand();
  const board = useBoard();
  return (
    <>
      <TagsInput
        label={t("operators.skills")}
        description={t("operators.skillsHint")}
        data={knownSkills(board.operators.values())}
        value={[...form.skills]}
        error={errorOf("skills")}
        onChange={(skills) => change({ skills })}
      />
      <Checkbox.Group
        label={t("operators.languages")}
        description={t("operators.languagesHint")}
        value={[...form.languages]}
        error={refused.get("languages")}
        onChange={(languages) => change({ languages })}
      >
        <div className={classes.queues}>
          {brand.languages.map((language) => (
            <Checkbox key={language} value={language} label={languageName(language)} />
          ))}
        </div>
      </Checkbox.Group>
      <NumberInput
        label={t("operators.capacity")}
        description={t("operators.capacityHint")}
        value={form.capacity}
        error={errorOf("capacity")}
        min={0}
        max={1_000}
        clampBehavior="none"
        allowDecimal={false}
        hideControls
        onChange={(capacity) => change({ capacity })}
      />
    </>
  );
}
