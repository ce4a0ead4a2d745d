/** A file in a conversation: what it is, how large, and one button: open, or stop while it goes up or down. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import css from "./FileTile.module.css";
import {
  IconAlertTriangle,
  IconDownload,
  IconFile,
  IconFileMusic,
  IconFileText,
  IconFileZip,
  IconMovie,
  IconPhoto,
  IconX,
} from "./icons.ts";
import { ProgressRing } from "./ProgressRing.tsx";
import type { FileTileProps } from "./props.ts";
import { saveBlob } from "./useOpenedFile.ts";

type Download =
  | { status: "idle" }
  | { status: "running"; part: number; abort: AbortController }
  | { status: "failed" };

export function FileTile({ file, files, progress, onCancel }: FileTileProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const [download, setDownload] = useState<Download>({ status: "idle" });
  const uploading = progress !== undefined;
  const part = uploading ? progress : download.status === "running" ? download.part : null;
  const busy = uploading || download.status === "running";

  const open = async () => {
    const abort = new AbortController();
    setDownload({ status: "running", part: 0, abort });
    try {
      const opened = await files.open(
        file.source,
        (done) => setDownload({ status: "running", part: done, abort }),
        abort.signal,
      );
      saveBlob(opened.blob, file.name);
      opened.release();
      setDownload({ status: "idle" });
    } catch {
      setDownload({ status: abort.signal.aborted ? "idle" : "failed" });
    }
  };
  const stop = () => {
    if (uploading) onCancel?.();
    else if (download.status === "running") download.abort.abort();
  };

  return (
    <div className={css.tile}>
      <button
        type="button"
        className={css.button}
        data-failed={download.status === "failed"}
        onClick={busy ? stop : open}
        aria-label={busy ? t("file.stop", { name: file.name }) : t("file.save", { name: file.name })}
      >
        {busy ? (
          <IconX size={22} aria-hidden />
        ) : (
          <TileIcon mimetype={file.mimetype} failed={download.status === "failed"} />
        )}
        {busy && (
          <ProgressRing
            part={part}
            label={t(uploading ? "file.uploading" : "file.downloading", { name: file.name })}
          />
        )}
      </button>
      <span className={css.words}>
        <span className={css.name}>{file.name}</span>
        <span className={css.size}>
          {download.status === "failed"
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

function TileIcon({ mimetype, failed }: { mimetype: string; failed: boolean }) {
  const props = { size: 22, stroke: 1.75, "aria-hidden": true } as const;
  if (failed) return <IconAlertTriangle {...props} />;
  if (mimetype.startsWith("image/")) return <IconPhoto {...props} />;
  if (mimetype.startsWith("audio/")) return <IconFileMusic {...props} />;
  if (mimetype.startsWith("video/")) return <IconMovie {...props} />;
  if (/zip|compressed|tar/.test(mimetype)) return <IconFileZip {...props} />;
  if (/pdf|text|word|document|sheet/.test(mimetype)) return <IconFileText {...props} />;
  return <IconFile {...props} />;
}
