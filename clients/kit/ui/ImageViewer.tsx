/**
 * A photo on the whole screen: tap to look closer, drag to move, save, close by button, Escape or a swipe back.
 *
 * It belongs to the conversation, not to the message that it was opened from: a list draws only the rows in sight, and one looks on while messages come in.
 */
import { createContext, type ReactNode, useContext, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FileBody, Files } from "../matrix/types.ts";
import { modal } from "./Dialog.tsx";
import css from "./ImageViewer.module.css";
import { IconDownload, IconX, IconZoomIn, IconZoomOut } from "./icons.ts";
import { saveBlob, useOpenedFile } from "./useOpenedFile.ts";

/** Shows a photo of the conversation on the whole screen. */
export type ShowPhoto = (photo: { file: FileBody; senderName: string }) => void;

const ShowPhotoContext = createContext<ShowPhoto>(() => undefined);

export const useShowPhoto = () => useContext(ShowPhotoContext);

/** Around a list of messages: where its photos open. */
export function PhotoFrame({ files, children }: { files: Files; children: ReactNode }) {
  const [photo, setPhoto] = useState<{ file: FileBody; senderName: string } | null>(null);
  return (
    <ShowPhotoContext.Provider value={setPhoto}>
      {children}
      {photo !== null && <ImageViewer {...photo} files={files} onClose={() => setPhoto(null)} />}
    </ShowPhotoContext.Provider>
  );
}

export interface ImageViewerProps {
  file: FileBody;
  files: Files;
  senderName: string;
  onClose: () => void;
}

export function ImageViewer({ file, files, senderName, onClose }: ImageViewerProps) {
  const { t } = useTranslation("kit");
  const [close, setClose] = useState(false);
  const { view, retry } = useOpenedFile(files, file.source);
  const ZoomIcon = close ? IconZoomOut : IconZoomIn;
  return (
    <dialog
      ref={modal}
      className={css.viewer}
      aria-label={t("image.from", { name: senderName })}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={css.bar}>
        <button type="button" className={css.button} onClick={onClose}>
          <IconX size={24} stroke={1.75} aria-hidden />
          <span>{t("dialog.close")}</span>
        </button>
        <span className={css.name}>{file.name}</span>
        <button
          type="button"
          className={css.button}
          onClick={() => setClose(!close)}
          disabled={view.status !== "ready"}
          aria-label={t(close ? "image.smaller" : "image.larger")}
        >
          <ZoomIcon size={24} stroke={1.75} aria-hidden />
          <span className={css.wide}>{t(close ? "image.smaller" : "image.larger")}</span>
        </button>
        <button
          type="button"
          className={css.button}
          disabled={view.status !== "ready"}
          aria-label={t("image.save")}
          onClick={() => view.status === "ready" && saveBlob(view.blob, file.name)}
        >
          <IconDownload size={24} stroke={1.75} aria-hidden />
          <span className={css.wide}>{t("image.save")}</span>
        </button>
      </div>
      <div
        className={css.stage}
        data-close={close}
        tabIndex={0}
        role="group"
        aria-label={t("image.from", { name: senderName })}
      >
        {view.status === "ready" && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the button above does the same by keyboard
          <img
            src={view.objectUrl}
            alt={t("image.from", { name: senderName })}
            onClick={() => setClose(!close)}
          />
        )}
        {view.status === "loading" && <p role="status">{t("image.loading")}</p>}
        {view.status === "failed" && (
          <button type="button" className={css.button} onClick={retry}>
            {t("image.retry")}
          </button>
        )}
      </div>
    </dialog>
  );
}
