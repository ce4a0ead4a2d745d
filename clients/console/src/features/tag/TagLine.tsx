/** The tags of the consultation in front, and the way to change them. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconTag } from "../../icons.ts";
import { TagChip } from "../../ui/TagChip.tsx";
import classes from "./Tags.module.css";

export function TagLine({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  return (
    <div className={classes.line}>
      {row.tags.length > 0 && (
        <ul className={classes.tags} aria-label={t("tags.label")}>
          {row.tags.map((tag) => (
            <li key={tag.id}>
              <TagChip tag={tag} />
            </li>
          ))}
        </ul>
      )}
      <CommandButton
        id="consultation.tags"
        size="compact-xs"
        variant="subtle"
        color="gray"
        icon={<IconTag size={14} stroke={1.75} />}
      />
    </div>
  );
}
