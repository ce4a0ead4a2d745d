/** Files that come with an inserted text: they are on their way, or could not be fetched. Nothing is sent meanwhile, so that none is left out unseen. */
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Composer.module.css";
import { PlainButton } from "./PlainButton.tsx";
import type { ComingFiles } from "./suggest.ts";

type Coming =
  | { readonly status: "none" }
  | { readonly status: "coming" | "failed"; readonly files: readonly ComingFiles[] };

export interface FilesOnTheirWay {
  /** Whether something is still to be waited for or decided. */
  readonly isOpen: boolean;
  readonly bring: (files: ComingFiles) => void;
  readonly again: () => void;
  readonly goWithout: () => void;
  readonly state: Coming;
}

/** `onHere`: what came, to stand beside the draft. */
export function useComingFiles(onHere: (files: File[]) => void): FilesOnTheirWay {
  const [waits, setWaits] = useState<readonly ComingFiles[]>([]);
  const [failed, setFailed] = useState<readonly ComingFiles[]>([]);
  // Files are chosen while others are still coming: each stands beside those that are there by then.
  const here = useRef(onHere);
  here.current = onHere;
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  const bring = (files: ComingFiles) => {
    setWaits((before) => [...before, files]);
    void files
      .bring()
      .then(
        (came) => isThere.current && here.current([...came]),
        () => isThere.current && setFailed((before) => [...before, files]),
      )
      .finally(() => isThere.current && setWaits((before) => before.filter((one) => one !== files)));
  };
  const state = stateOf(waits, failed);
  return {
    isOpen: state.status !== "none",
    bring,
    again: () => {
      setFailed([]);
      failed.forEach(bring);
    },
    goWithout: () => setFailed([]),
    state,
  };
}

function stateOf(waits: readonly ComingFiles[], failed: readonly ComingFiles[]): Coming {
  if (failed.length > 0) return { status: "failed", files: failed };
  return waits.length > 0 ? { status: "coming", files: waits } : { status: "none" };
}

export function ComingFilesLine({ coming }: { coming: FilesOnTheirWay }) {
  const { t } = useTranslation("kit");
  const { state } = coming;
  if (state.status === "none") return null;
  const names = state.files.flatMap((files) => files.names).join(", ");
  if (state.status === "coming") {
    return (
      <p className={css.coming} role="status">
        {t("composer.bringing", { names })}
      </p>
    );
  }
  return (
    <div className={css.coming} role="alert">
      <span className={css.notBrought}>{t("composer.notBrought", { names })}</span>
      <PlainButton onClick={coming.again}>{t("composer.bringAgain")}</PlainButton>
      <PlainButton onClick={coming.goWithout}>{t("composer.goWithout")}</PlainButton>
    </div>
  );
}
