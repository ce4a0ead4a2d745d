/** Two cards that were just said to be two people’s: one press takes it back. */
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { UndoBar } from "../../ui/UndoBar.tsx";
import { useRestoreDuplicate } from "./useDismiss.ts";

export function DismissedBar() {
  const { t } = useTranslation();
  const { dismissedPair } = useDesk();
  const back = useRestoreDuplicate();
  return <UndoBar cell={dismissedPair} words={({ name }) => t("merge.dismissedNow", { name })} back={back} />;
}
