/** Makes a key, or renames and limits one. After it was made it is shown, this once. */
import type { ApiKey, ApiKeySecret, ApiScope } from "@consilium/kit/api";
import { Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./Integrations.module.css";
import {
  checkKeyForm,
  EMPTY_KEY,
  KEYS_STATE,
  type KeyForm,
  keyFormOf,
  keyPatch,
  newKey,
  scopeWords,
} from "./key-model.ts";
import { ShownSecret } from "./ShownSecret.tsx";
import { useApiKeys, useKeyRefreshed } from "./useApiKeys.ts";

const SERVER_FIELDS = { name: "name", scopes: "scopes", expires_at: "lastDay" } as const;
const NAME_MAX = 60;

interface KeyDialogProps {
  opened: boolean;
  /** Null: a new one. */
  keyId: string | null;
  onClose: () => void;
}

export function KeyDialog({ opened, keyId, onClose }: KeyDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<ApiKeySecret | null>(null);
  const { data } = useApiKeys(opened);
  const apiKey = data?.keys.find(({ id }) => id === keyId) ?? null;
  const close = () => {
    setMade(null);
    onClose();
  };
  const title = made !== null ? "apiKeys.madeTitle" : keyId === null ? "apiKeys.addTitle" : "apiKeys.edit";
  return (
    <Modal opened={opened} onClose={close} title={t(title)} closeOnClickOutside={made === null}>
      {opened && made !== null && (
        <ShownSecret
          secret={made.token}
          text={t("apiKeys.madeText")}
          done={t("apiKeys.madeDone")}
          onClose={close}
        />
      )}
      {opened && made === null && data !== undefined && (
        <Form key={keyId} apiKey={apiKey} scopeTypes={data.scope_types} onMade={setMade} onClose={close} />
      )}
    </Modal>
  );
}

interface FormProps {
  apiKey: ApiKey | null;
  scopeTypes: readonly ApiScope[];
  onMade: (made: ApiKeySecret) => void;
  onClose: () => void;
}

function useForm({ apiKey, onMade, onClose }: FormProps) {
  const { api } = useConsole();
  const { place, open } = useDesk();
  const refreshed = useKeyRefreshed();
  return useDialogForm<KeyForm, ApiKeySecret | null>({
    begin: () => (apiKey === null ? EMPTY_KEY : keyFormOf(apiKey)),
    check: checkKeyForm,
    fields: SERVER_FIELDS,
    send: async (form) => {
      if (apiKey !== null) {
        refreshed(await api.apiKeys.change(apiKey.id, keyPatch(apiKey, form)));
        return null;
      }
      const made = await api.apiKeys.create(newKey(form));
      refreshed(made.key);
      return made;
    },
    onSaved: (made) => {
      if (made === null) return onClose();
      // Made from elsewhere, by the palette, it leads nobody away from what is in front.
      if (place.section === "integrations" && place.search.state === KEYS_STATE) open(made.key.id);
      onMade(made);
    },
  });
}

function Form(props: FormProps) {
  const { t } = useTranslation();
  const { apiKey, scopeTypes, onClose } = props;
  const { form, change, refused, errorOf, dialog } = useForm(props);
  return (
    <DialogForm submit={t(apiKey === null ? "apiKeys.add" : "save")} {...dialog} onClose={onClose}>
      <TextInput
        data-autofocus
        label={t("apiKeys.name")}
        description={t("apiKeys.nameHint")}
        required
        maxLength={NAME_MAX}
        value={form.name}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
        autoComplete="off"
      />
      <Checkbox.Group<ApiScope>
        label={t("apiKeys.scopes")}
        description={t("apiKeys.scopesHint")}
        required
        value={[...form.scopes]}
        error={errorOf("scopes")}
        onChange={(scopes) => change({ scopes })}
      >
        <div className={classes.choices}>
          {scopeTypes.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(scopeWords(scope))} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        type="date"
        label={t("apiKeys.expires")}
        description={t("apiKeys.expiresHint")}
        value={form.lastDay}
        error={refused.get("lastDay")}
        onChange={(event) => change({ lastDay: event.currentTarget.value })}
      />
    </DialogForm>
  );
}
