/** Makes a key; then it is shown, this once. */
import type { ApiKeySecret, ApiScope } from "@consilium/kit/api";
import { Checkbox, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayStart } from "../../format.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./Integrations.module.css";
import { ShownSecret } from "./ShownSecret.tsx";
import { KEYS, useApiKeys } from "./useApiKeys.ts";

const SERVER_FIELDS = { name: "name", scopes: "scopes", expires_at: "expires" } as const;
const NAME_MAX = 60;

export function KeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<ApiKeySecret | null>(null);
  const { data } = useApiKeys(opened);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(made === null ? "apiKeys.addTitle" : "apiKeys.madeTitle")}
      closeOnClickOutside={made === null}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {opened && made !== null && (
        <ShownSecret secret={made.token} text={t("apiKeys.madeText")} onClose={close} />
      )}
      {opened && made === null && data !== undefined && (
        <Form scopeTypes={data.scope_types} onMade={setMade} onClose={onClose} />
      )}
    </Modal>
  );
}

interface FormProps {
  scopeTypes: readonly ApiScope[];
  onMade: (made: ApiKeySecret) => void;
  onClose: () => void;
}

function Form({ scopeTypes, onMade, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ApiScope[]>([]);
  const [expires, setExpires] = useState("");
  const create = useMutation({
    // A day that is named is the last one.
    mutationFn: () =>
      api.apiKeys.create({ name, scopes, ...(expires === "" ? {} : { expires_at: dayStart(expires, 1) }) }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: KEYS });
      onMade(made);
    },
  });
  const { byField: refused, general } = refusals(create.error, SERVER_FIELDS, t);
  return (
    <DialogForm
      submit={t("apiKeys.add")}
      isWhole={name.trim() !== "" && scopes.length > 0}
      busy={create.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => create.mutate()}
    >
      <TextInput
        data-autofocus
        label={t("apiKeys.name")}
        description={t("apiKeys.nameHint")}
        required
        maxLength={NAME_MAX}
        value={name}
        error={refused.get("name")}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
      />
      <Checkbox.Group<ApiScope>
        label={t("apiKeys.scopes")}
        required
        value={scopes}
        error={refused.get("scopes")}
        onChange={setScopes}
      >
        <div className={classes.choices}>
          {scopeTypes.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`apiKeys.scope.${scope}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        type="date"
        label={t("apiKeys.expires")}
        description={t("apiKeys.expiresHint")}
        value={expires}
        error={refused.get("expires")}
        onChange={(event) => setExpires(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
