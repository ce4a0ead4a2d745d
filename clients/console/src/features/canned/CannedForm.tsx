/** One canned reply: what it is, where it is offered, who changed what; saved and removed here. */
import type { Canned } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Button, SegmentedControl, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import { PreparedNames } from "../../writing/PreparedNames.tsx";
import { PreparedText } from "../../writing/PreparedText.tsx";
import { QueueChoice } from "../../writing/QueueChoice.tsx";
import { SentFiles } from "../../writing/SentFiles.tsx";
import classes from "./CannedDialog.module.css";
import { CannedHistory } from "./CannedHistory.tsx";
import { cannedChange, type CannedForm as Form, isWhole, newCanned } from "./model.ts";

interface CannedFormProps {
  /** `null`: it is made. */
  reply: Canned | null;
  initial: Form;
  onClose: () => void;
}

export function CannedForm({ reply, initial, onClose }: CannedFormProps) {
  const { t } = useTranslation();
  const { languages, features } = useBrand();
  const { me, api, canned } = useConsole();
  const { form, change, refused, dialog } = useDialogForm<Form, Canned>({
    begin: () => initial,
    send: (typed) =>
      reply === null
        ? api.canned.create(newCanned(typed))
        : api.canned.change(reply.id, cannedChange(typed, reply.version, features.attachments)),
    onSaved: (saved) => {
      canned.put(saved);
      onClose();
    },
  });
  return (
    <>
      <DialogForm
        submit={t(reply === null ? "canned.create" : "save")}
        isWhole={isWhole(form)}
        {...dialog}
        onClose={onClose}
      >
        {reply === null && me.role === "supervisor" && (
          <SegmentedControl
            fullWidth
            aria-label={t("canned.whose")}
            value={form.scope}
            onChange={(scope) => change({ scope })}
            data={[
              { value: "shared", label: t("canned.scope.shared") },
              { value: "personal", label: t("canned.scope.personal") },
            ]}
          />
        )}
        <PreparedNames
          label={t("canned.name")}
          lang={form.language}
          value={form}
          refused={refused}
          onChange={change}
        />
        <Select
          label={t("canned.language")}
          data={languages.map((code) => ({ value: code, label: languageName(code) }))}
          value={form.language}
          error={refused.get("language")}
          allowDeselect={false}
          onChange={(language) => language !== null && change({ language })}
        />
        <PreparedText
          label={t("canned.text")}
          lang={form.language}
          required={form.files.length === 0}
          value={form.text}
          error={refused.get("text")}
          onChange={(text) => change({ text })}
        />
        {features.attachments && (
          <SentFiles
            label={t("canned.files")}
            hint={(most) => t("canned.filesHint", { most })}
            files={form.files}
            refused={refused.get("files")}
            onChange={(files) => change({ files })}
          />
        )}
        <QueueChoice
          value={form.queues}
          error={refused.get("queues")}
          onChange={(queues) => change({ queues })}
        />
      </DialogForm>
      {reply !== null && (
        <div className={classes.more}>
          <Remove reply={reply} onClose={onClose} />
          <CannedHistory id={reply.id} version={reply.version} onBringBack={change} />
        </div>
      )}
    </>
  );
}

/** Pressed twice: it is gone for everybody who uses it. */
function Remove({ reply, onClose }: { reply: Canned; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, canned } = useConsole();
  const { removedReply } = useDesk();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.canned.remove(reply.id),
    onSuccess: () => {
      canned.remove(reply.id);
      removedReply.set(reply);
      onClose();
    },
  });
  return (
    <Button
      size="compact-sm"
      color="red"
      variant={asked ? "filled" : "subtle"}
      loading={remove.isPending}
      onClick={() => (asked ? remove.mutate() : setAsked(true))}
      onBlur={() => setAsked(false)}
    >
      {t(asked ? `canned.removeSure.${reply.scope}` : "canned.remove")}
    </Button>
  );
}
