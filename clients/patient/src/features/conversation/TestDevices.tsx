/** While one waits: a test of microphone and camera, of which the specialist is told. */
import { useTranslation } from "react-i18next";
import { useCalls } from "../../app/calls.tsx";
import css from "./ConversationView.module.css";

export function TestDevices({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation();
  const { calls, wish } = useCalls();
  if (calls === null) return null;
  return (
    <button type="button" className={css.cancel} onClick={() => wish.set({ want: "check", consultationId })}>
      {t("talk.testDevices")}
    </button>
  );
}
