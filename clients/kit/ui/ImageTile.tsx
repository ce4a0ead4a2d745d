/** A photo in a conversation. Its box has the final shape from the start, so nothing jumps when the picture comes. */
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { FileBody, Files } from "../matrix/types.ts";
import css from "./ImageTile.module.css";
import { useShowPhoto } from "./ImageViewer.tsx";
import { IconPhoto, IconRefresh, IconX } from "./icons.ts";
import { ProgressRing } from "./ProgressRing.tsx";
import { useOpenedFile } from "./useOpenedFile.ts";

export interface ImageTileProps {
  file: FileBody;
  files: Files;
  /** Who sent it: part of its accessible name. */
  senderName: string;
  /** While it goes up: 0..1. */
  progress?: number | null;
  onCancel?: () => void;
}

const WIDTH_MAX = 320;
const HEIGHT_MAX = 380;

/** Size of the box in pixels for a picture of that size; unknown sizes are 4:3. */
export function boxOf(width: number | null, height: number | null): { width: number; height: number } {
  const [w, h] =
    width !== null && height !== null && width > 0 && height > 0
      ? [width, height]
      : [WIDTH_MAX, WIDTH_MAX * 0.75];
  const scale = Math.min(WIDTH_MAX / w, HEIGHT_MAX / h, 1);
  return { width: Math.max(96, Math.round(w * scale)), height: Math.max(72, Math.round(h * scale)) };
}

export function ImageTile({ file, files, senderName, progress, onCancel }: ImageTileProps) {
  const { t } = useTranslation("kit");
  const show = useShowPhoto();
  const { view, retry } = useOpenedFile(files, file.thumbnail ?? file.source);
  const box = boxOf(file.width, file.height);
  const style: CSSProperties = { width: box.width, aspectRatio: `${box.width} / ${box.height}` };
  const uploading = progress !== undefined;

  if (view.status === "failed") {
    return (
      <button type="button" className={css.box} style={style} onClick={retry}>
        <IconRefresh size={24} stroke={1.75} aria-hidden />
        <span>{t("image.retry")}</span>
      </button>
    );
  }
  return (
    <span className={css.frame} style={style}>
      {view.status === "ready" ? (
        <button
          type="button"
          className={css.picture}
          onClick={() => show({ file, senderName })}
          aria-label={t("image.open", { name: senderName })}
        >
          <img src={view.objectUrl} alt="" draggable={false} />
        </button>
      ) : (
        <span className={css.box} role="status" aria-label={t("image.loading")}>
          <IconPhoto size={28} stroke={1.5} aria-hidden />
        </span>
      )}
      {uploading && (
        <button
          type="button"
          className={css.stop}
          onClick={onCancel}
          aria-label={t("file.stop", { name: file.name })}
        >
          <IconX size={22} aria-hidden />
          <ProgressRing part={progress} label={t("file.uploading", { name: file.name })} />
        </button>
      )}
    </span>
  );
}
