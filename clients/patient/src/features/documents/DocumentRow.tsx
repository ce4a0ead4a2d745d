/** One document: a look at it, what it is, and keeping it on this device. */
import { useFormats } from "@consilium/kit/brand";
import type { Files } from "@consilium/kit/matrix";
import { FileIcon, ProgressRing, useOpenedFile, useSavedFile, useShowPhoto } from "@consilium/kit/ui";
import { IconCircleCheck, IconDeviceMobileDown, IconX } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import css from "./DocumentRow.module.css";
import { type FoundDocument, type Line, previewOf } from "./model.ts";
import type { Keeping } from "./useDocuments.ts";

export interface DocumentRowProps {
  line: Line & { kind: "document" };
  files: Files;
  /** What it takes on this device; `null`: it is not kept. */
  keptBytes: number | null;
  /** It is being put on this device, or could not be. */
  keeping: Keeping | null;
  onKeep: () => void;
  onLetGo: () => void;
}

export function DocumentRow({ line, files, ...keep }: DocumentRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const show = useShowPhoto();
  const { found, startsMonth, endsMonth } = line;
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
  found: FoundDocument;
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

interface KeepProps extends Pick<DocumentRowProps, "keptBytes" | "keeping" | "onKeep" | "onLetGo"> {
  name: string;
}

function Keep({ name, keptBytes, keeping, onKeep, onLetGo }: KeepProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (keptBytes !== null) {
    return (
      <div className={css.keep}>
        <span className={css.kept} role="status">
          <IconCircleCheck size={22} stroke={1.75} aria-hidden />
          {t("documents.kept", { size: formats.fileSize(keptBytes) })}
        </span>
        <button
          type="button"
          className={css.textButton}
          aria-label={t("documents.letGoNamed", { name })}
          onClick={onLetGo}
        >
          {t("documents.letGo")}
        </button>
      </div>
    );
  }
  if (keeping?.status === "running") {
    return (
      <div className={css.keep}>
        <span className={css.keeping} role="status">
          {t("documents.keeping", { percent: Math.round(keeping.part * 100) })}
        </span>
      </div>
    );
  }
  return (
    <div className={css.keep}>
      <button
        type="button"
        className={css.textButton}
        aria-label={t("documents.keepNamed", { name })}
        onClick={onKeep}
      >
        <IconDeviceMobileDown size={22} stroke={1.75} aria-hidden />
        {t("documents.keep")}
      </button>
      {keeping !== null && (
        <span className={css.failed} role="alert">
          {t(keeping.status === "full" ? "documents.keepFull" : "documents.keepFailed")}
        </span>
      )}
    </div>
  );
}
