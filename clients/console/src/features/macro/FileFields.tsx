/** The files of a macro: kept by the service as soon as they are chosen, sent behind the text when it runs. */
import { DESK_FILE_BYTES_MAX } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { ActionIcon, Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPaperclip, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { refusals } from "../../ui/problem.ts";
import type { PartProps } from "./MacroEditor.tsx";
import classes from "./Macros.module.css";
import { FILES_MAX } from "./model.ts";

export function FileFields({ form, refused, onChange }: PartProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { fileSize } = useFormats();
  const label = useId();
  const most = fileSize(DESK_FILE_BYTES_MAX);
  const keep = useMutation({
    mutationFn: (file: File) => api.deskFiles.keep(file),
    onSuccess: (kept) => {
      if (form.files.every(({ id }) => id !== kept.id)) onChange({ files: [...form.files, kept] });
    },
  });
  const [isLarge, setLarge] = useState(false);
  const choose = (file: File | null) => {
    if (file === null) return;
    setLarge(file.size > DESK_FILE_BYTES_MAX);
    if (file.size > DESK_FILE_BYTES_MAX) keep.reset();
    else keep.mutate(file);
  };
  const { byField, general } = refusals(keep.error, {}, t);
  const wrong =
    refused.get("files") ??
    (isLarge
      ? t("macros.fileTooLarge", { most })
      : (byField.get("name") ?? byField.get("content") ?? general?.title));
  return (
    <div role="group" aria-labelledby={label} className={classes.dialog}>
      <span id={label} className={classes.what}>
        {t("macros.files")}
      </span>
      <ul className={classes.files}>
        {form.files.map(({ id, name, size_bytes: size }) => (
          <li key={id} className={classes.file}>
            {name} <span className={classes.quiet}>{fileSize(size)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("macros.takeFileOut", { name })}
              onClick={() => onChange({ files: form.files.filter((file) => file.id !== id) })}
            >
              <IconTrash size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {wrong !== undefined && (
        <p className={classes.refused} role="alert">
          {wrong}
        </p>
      )}
      {form.files.length < FILES_MAX && (
        <FileButton onChange={choose}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={keep.isPending}
              leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}
            >
              {t("macros.addFile")}
            </Button>
          )}
        </FileButton>
      )}
      <p className={classes.hint}>{t("macros.filesHint", { most })}</p>
    </div>
  );
}
