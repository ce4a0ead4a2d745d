/** Which of the archive's lists is shown: for supervisors, who alone see what goes and what is held. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { ARCHIVE_LISTS, archiveListOf } from "./model.ts";

export function WhichList() {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { place, goSection } = useDesk();
  if (me.role !== "supervisor") return null;
  return (
    <SegmentedControl
      fullWidth
      size="sm"
      aria-label={t("retention.which")}
      value={archiveListOf(place.search.state)}
      onChange={(list) => goSection("archive", list === "records" ? {} : { state: list })}
      data={ARCHIVE_LISTS.map((list) => ({ value: list, label: t(`retention.list.${list}`) }))}
    />
  );
}
