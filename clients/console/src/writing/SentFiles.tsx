/** The files of a macro or a canned reply: kept by the service as soon as they are chosen, sent with the text. */
import { DESK_FILE_BYTES_MAX, type DeskFile } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { ActionIcon, Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPaperclip, IconTrash } from "../icons.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { refusals } from "../ui/problem.ts";
import classes from "./SentFiles.module.css";

/** The service takes no more. */
const FILES_MAX = 5;

interface SentFilesProps {
  /** What they are called together. */
  label: string;
  hint: (most: string) => string;
  files: readonly DeskFile[];
  refused: string | undefined;
  onChange: (files: readonly DeskFile[]) => void;
}

export function SentFiles({ label, hint, files, refused, onChange }: SentFilesProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { fileSize } = useFormats();
  const labelled = useId();
  const most = fileSize(DESK_FILE_BYTES_MAX);
  const keep = useMutation({
    mutationFn: (file: File) => api.deskFiles.keep(file),
    onSuccess: (kept) => {
      if (files.every(({ id }) => id !== kept.id)) onChange([...files, kept]);
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
    refused ??
    (isLarge
      ? t("sentFiles.tooLarge", { most })
      : (byField.get("name") ?? byField.get("content") ?? general?.title));
  return (
    <div role="group" aria-labelledby={labelled} className={classes.group}>
      <span id={labelled} className={classes.label}>
        {label}
      </span>
      <ul className={classes.files}>
        {files.map(({ id, name, size_bytes: size }) => (
          <li key={id} className={classes.file}>
            {name} <span className={classes.size}>{fileSize(size)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("sentFiles.takeOut", { name })}
              onClick={() => onChange(files.filter((file) => file.id !== id))}
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
      {files.length < FILES_MAX && (
        <FileButton onChange={choose}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={keep.isPending}
              leftSection={<IconPaperclip size={16} stroke={1.75} aria-hidden />}
            >
              {t("sentFiles.add")}
            </Button>
          )}
        </FileButton>
      )}
      <p className={classes.hint}>{hint(most)}</p>
    </div>
  );
}
