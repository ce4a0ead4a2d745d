/** Adds a webhook, or changes one. After it was made its secret is shown, this once. */
import type { WebhookEndpoint, WebhookEventType, WebhookField, WebhookSecret } from "@consilium/kit/api";
import { Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./Integrations.module.css";
import {
  checkForm,
  EMPTY_FORM,
  formOf,
  groupsOf,
  newWebhook,
  type WebhookForm,
  webhookPatch,
} from "./model.ts";
import { ShownSecret } from "./ShownSecret.tsx";
import { useRefreshed, useWebhooks } from "./useWebhooks.ts";

const SERVER_FIELDS = { url: "url", description: "description", events: "events" } as const;
const DESCRIPTION_MAX = 200;

interface WebhookDialogProps {
  opened: boolean;
  /** Null: a new one. */
  webhookId: string | null;
  onClose: () => void;
}

export function WebhookDialog({ opened, webhookId, onClose }: WebhookDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<WebhookSecret | null>(null);
  const { data } = useWebhooks(opened);
  const endpoint = data?.endpoints.find(({ id }) => id === webhookId) ?? null;
  const close = () => {
    setMade(null);
    onClose();
  };
  const title =
    made !== null ? "webhooks.secretTitle" : webhookId === null ? "webhooks.addTitle" : "webhooks.edit";
  return (
    <Modal opened={opened} onClose={close} title={t(title)} size="lg" closeOnClickOutside={made === null}>
      {opened && made !== null && (
        <ShownSecret
          secret={made.secret}
          text={t("webhooks.secretText")}
          done={t("webhooks.secretDone")}
          onClose={close}
        />
      )}
      {opened && made === null && data !== undefined && (
        <Form
          key={webhookId}
          endpoint={endpoint}
          eventTypes={data.event_types}
          fieldTypes={data.field_types}
          onMade={setMade}
          onClose={close}
        />
      )}
    </Modal>
  );
}

interface FormProps {
  endpoint: WebhookEndpoint | null;
  eventTypes: readonly WebhookEventType[];
  fieldTypes: readonly WebhookField[];
  onMade: (made: WebhookSecret) => void;
  onClose: () => void;
}

function useForm({ endpoint, onMade, onClose }: FormProps) {
  const { api } = useConsole();
  const { open } = useDesk();
  const refreshed = useRefreshed();
  return useDialogForm<WebhookForm, WebhookSecret | null>({
    begin: () => (endpoint === null ? EMPTY_FORM : formOf(endpoint)),
    check: checkForm,
    fields: SERVER_FIELDS,
    send: async (form) => {
      if (endpoint !== null) {
        refreshed(await api.webhooks.change(endpoint.id, webhookPatch(endpoint, form)));
        return null;
      }
      const made = await api.webhooks.create(newWebhook(form));
      refreshed(made.endpoint);
      return made;
    },
    onSaved: (made) => {
      if (made === null) return onClose();
      open(made.endpoint.id, "integrations");
      onMade(made);
    },
  });
}

function Form(props: FormProps) {
  const { t } = useTranslation();
  const { endpoint, eventTypes, fieldTypes, onClose } = props;
  const { form, change, refused, errorOf, dialog } = useForm(props);
  return (
    <DialogForm submit={t(endpoint === null ? "webhooks.add" : "save")} {...dialog} onClose={onClose}>
      <TextInput
        data-autofocus
        label={t("webhooks.url")}
        description={t("webhooks.urlHint")}
        required
        type="url"
        inputMode="url"
        value={form.url}
        error={errorOf("url")}
        onChange={(event) => change({ url: event.currentTarget.value })}
        autoComplete="off"
        spellCheck={false}
      />
      <TextInput
        label={t("webhooks.description")}
        description={t("webhooks.descriptionHint")}
        maxLength={DESCRIPTION_MAX}
        value={form.description}
        error={refused.get("description")}
        onChange={(event) => change({ description: event.currentTarget.value })}
        autoComplete="off"
      />
      <Events
        chosen={form.events}
        types={eventTypes}
        error={errorOf("events")}
        onChange={(events) => change({ events })}
      />
      <Checkbox.Group<WebhookField>
        label={t("webhooks.fields")}
        description={t("webhooks.fieldsHint")}
        value={[...form.fields]}
        onChange={(fields) => change({ fields })}
      >
        <div className={classes.choices}>
          {fieldTypes.map((field) => (
            <Checkbox key={field} value={field} label={t(`webhooks.field.${field}`)} />
          ))}
        </div>
      </Checkbox.Group>
    </DialogForm>
  );
}

interface EventsProps {
  chosen: readonly WebhookEventType[];
  types: readonly WebhookEventType[];
  error: string | undefined;
  onChange: (events: WebhookEventType[]) => void;
}

/** Event types by what they are about; the box of a group takes all of it. */
function Events({ chosen, types, error, onChange }: EventsProps) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group<WebhookEventType>
      label={t("webhooks.events")}
      required
      value={[...chosen]}
      error={error}
      onChange={onChange}
    >
      {groupsOf(types).map(({ name, events }) => {
        const count = events.filter((event) => chosen.includes(event)).length;
        const others = chosen.filter((event) => !events.includes(event));
        return (
          <fieldset key={name} className={classes.group}>
            <legend className="unseen">{t(`webhooks.group.${name}`)}</legend>
            <label className={classes.whole}>
              <input
                type="checkbox"
                checked={count === events.length}
                ref={(box) => {
                  if (box !== null) box.indeterminate = count > 0 && count < events.length;
                }}
                onChange={() => onChange(count === events.length ? others : [...others, ...events])}
              />
              {t(`webhooks.group.${name}`)}
            </label>
            <div className={classes.choices}>
              {events.map((event) => (
                <Checkbox key={event} value={event} label={t(`webhooks.event.${event}`)} />
              ))}
            </div>
          </fieldset>
        );
      })}
    </Checkbox.Group>
  );
}
