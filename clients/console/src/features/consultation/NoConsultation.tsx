/** The conversation pane while no consultation is open. */
import { useTranslation } from "react-i18next";
import { IconMessages } from "../../icons.ts";
import { Nothing } from "../../ui/Loadable.tsx";

export function NoConsultation() {
  const { t } = useTranslation();
  return (
    <Nothing
      icon={<IconMessages size={36} stroke={1.5} />}
      title={t("consultation.noneTitle")}
      text={t("consultation.noneText")}
    />
  );
}
