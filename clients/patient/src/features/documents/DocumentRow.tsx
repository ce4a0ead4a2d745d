/** One file: a look at it, what it is, and keeping it on this device. */
import { useFormats } from "@consilium/kit/brand";
import type { Files } from "@consilium/kit/matrix";
import { FileIcon, ProgressRing, useOpenedFile, useSavedFile, useShowPhoto } from "@consilium/kit/ui";
import { IconX } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import css from "./DocumentRow.module.css";
import { Keep, type KeepProps } from "./Keep.tsx";
import { type FoundFile, previewOf } from "./model.ts";

export interface DocumentRowProps extends Omit<KeepProps, "name"> {
  found: FoundFile;
  startsMonth: boolean;
  endsMonth: boolean;
  files: Files;
}

export function DocumentRow({ found, startsMonth, endsMonth, files, ...keep }: DocumentRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const show = useShowPhoto();
  const { document, sender, service, person } = found;
  const { kind, file, at } = document;
  const { saving, save, stop } = useSavedFile(files, file);
  const busy = saving.status === "running";
  const size = file.sizeBytes === null ? "" : formats.fileSize(file.sizeBytes);
  const isPhoto = kind === "image";
  const act = isPhoto ? () => show({ file, senderName: sender }) : busy ? stop : save;
  return (
    <article
      className={css.row}
      data-starts-month={startsMonth}
      data-ends-month={endsMonth}
      aria-label={file.name}
    >
      <button type="button" className={css.open} onClick={act}>
        <span className={css.preview}>
          <Preview found={found} files={files} failed={saving.status === "failed"} busy={busy} />
          {busy && <ProgressRing part={saving.part} label={t("file.downloading", { name: file.name })} />}
        </span>
        <span className={css.words}>
          <strong className={css.name}>{file.name}</strong>
          <span>{[sender, service, person?.name].filter((part) => part != null).join(" · ")}</span>
          <span className={css.facts}>
            <time dateTime={new Date(at).toISOString()}>{formats.dayTime(at)}</time>
            {size !== "" && <span>{size}</span>}
          </span>
          {saving.status === "failed" && <span className={css.failed}>{t("documents.notOpened")}</span>}
          <span className="unseen">
            {t(isPhoto ? "documents.look" : busy ? "documents.stop" : "documents.save")}
          </span>
        </span>
      </button>
      <Keep name={file.name} {...keep} />
    </article>
  );
}

function Preview({
  found,
  files,
  failed,
  busy,
}: {
  found: FoundFile;
  files: Files;
  failed: boolean;
  busy: boolean;
}) {
  const { view } = useOpenedFile(files, previewOf(found.document));
  if (busy) return <IconX size={24} aria-hidden />;
  if (view.status === "ready")
    return <img className={css.picture} src={view.objectUrl} alt="" draggable={false} />;
  return <FileIcon mimetype={found.document.file.mimetype} failed={failed} size={28} />;
}
