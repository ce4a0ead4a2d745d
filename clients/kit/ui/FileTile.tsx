/** A file in a conversation: what it is, how large, and one button: open, or stop while it goes up or down. */
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import { FileIcon } from "./FileIcon.tsx";
import css from "./FileTile.module.css";
import { Marked } from "./find/found.tsx";
import { IconDownload, IconX } from "./icons.ts";
import { ProgressRing } from "./ProgressRing.tsx";
import type { FileTileProps } from "./props.ts";
import { useSavedFile } from "./useSavedFile.ts";

export function FileTile({ file, files, progress, onCancel }: FileTileProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const { saving, save, stop } = useSavedFile(files, file);
  const uploading = progress !== undefined;
  const part = uploading ? progress : saving.status === "running" ? saving.part : null;
  const busy = uploading || saving.status === "running";
  const failed = saving.status === "failed";

  return (
    <div className={css.tile}>
      <button
        type="button"
        className={css.button}
        data-failed={failed}
        onClick={busy ? (uploading ? onCancel : stop) : save}
        aria-label={busy ? t("file.stop", { name: file.name }) : t("file.save", { name: file.name })}
      >
        {busy ? <IconX size={22} aria-hidden /> : <FileIcon mimetype={file.mimetype} failed={failed} />}
        {busy && (
          <ProgressRing
            part={part}
            label={t(uploading ? "file.uploading" : "file.downloading", { name: file.name })}
          />
        )}
      </button>
      <span className={css.words}>
        <span className={css.name}>
          <Marked text={file.name} />
        </span>
        <span className={css.size}>
          {failed
            ? t("file.failed")
            : file.sizeBytes === null
              ? t("file.file")
              : formats.fileSize(file.sizeBytes)}
        </span>
      </span>
      {!busy && <IconDownload className={css.hint} size={20} stroke={1.75} aria-hidden />}
    </div>
  );
}
