/** A view that was just removed: one press takes it back. */
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { UndoBar } from "../../ui/UndoBar.tsx";
import { useTakeBackView } from "./useViewActions.ts";

export function RemovedView() {
  const { t } = useTranslation();
  const { removedView } = useDesk();
  const back = useTakeBackView();
  return <UndoBar cell={removedView} words={({ name }) => t("views.removed", { name })} back={back} />;
}
