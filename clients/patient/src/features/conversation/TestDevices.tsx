/** While one waits: a test of microphone and camera, of which the specialist is told. */
import { useBrand } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { useCalls } from "../../app/calls.tsx";
import css from "./ConversationView.module.css";

export function TestDevices({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation();
  const { features } = useBrand();
  const { calls, wish } = useCalls();
  if (!features.calls) return null;
  return (
    <button
      type="button"
      className={css.cancel}
      // It has its place before it works, so that nothing moves when it does.
      style={{ visibility: calls === null ? "hidden" : undefined }}
      onClick={() => wish.set({ want: "check", consultationId })}
    >
      {t("talk.testDevices")}
    </button>
  );
}
