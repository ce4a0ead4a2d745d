/** What staff wants to come back to with a patient, in his card: what comes first on top. */
import type { FollowUp } from "@consilium/kit/api";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlarm, IconDots } from "../../icons.ts";
import { FOLLOW_UPS } from "../../live/follow-ups.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./FollowUps.module.css";
import { type Acts, useActs } from "./useFollowUps.ts";
import { DueTime, MessageLine, PutOffMenu, useOwnerWords } from "./words.tsx";

interface FollowUpsPanelProps {
  patientId: string;
  /** Where a consultation is in front, its patient's name. */
  name?: string;
  consultationId?: string;
}

export function FollowUpsPanel({ patientId, name, consultationId }: FollowUpsPanelProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { dialog } = useDesk();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: [FOLLOW_UPS, "of", patientId],
    queryFn: async () => (await api.followUps.list({ view: "open", patient: patientId, limit: 50 })).items,
  });
  const acts = useActs();
  const items = data ?? [];
  const make = () => {
    // The card of a list is read already: its name stands there.
    const known = client.getQueryData<{ name: string }>(["patient", patientId]);
    const about = { patientId, name: name ?? known?.name ?? items[0]?.patient.name ?? "" };
    dialog.set({ kind: "follow-up", wish: consultationId === undefined ? about : { consultationId } });
  };
  return (
    <section className={classes.panel} aria-label={t("followUps.label")}>
      <h3>
        {t("followUps.label")} {items.length > 0 && <span className={classes.count}>{items.length}</span>}
      </h3>
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map((followUp) => (
            <Item key={followUp.id} followUp={followUp} acts={acts} />
          ))}
        </ul>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconAlarm size={14} stroke={1.75} aria-hidden />}
        onClick={make}
      >
        {t("followUps.make")}
      </Button>
    </section>
  );
}

function Item({ followUp, acts: { act, busy } }: { followUp: FollowUp; acts: Acts }) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const owner = useOwnerWords();
  const edit = () => dialog.set({ kind: "follow-up", wish: { followUp } });
  return (
    <li className={classes.item} data-due={followUp.is_due}>
      <span className={classes.line}>
        <DueTime followUp={followUp} />
        <span className={classes.muted}>{owner(followUp)}</span>
      </span>
      {followUp.note !== null && <p className={classes.note}>{followUp.note}</p>}
      {followUp.message !== null && <MessageLine message={followUp.message} />}
      <span className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy === followUp.id}
          onClick={() => act({ kind: "done", followUp })}
        >
          {t("followUps.done")}
        </Button>
        <PutOffMenu onChoose={(until) => act({ kind: "put-off", followUp, until })} onOther={edit}>
          <Button size="compact-sm" variant="subtle" color="gray">
            {t("followUps.putOff")}
          </Button>
        </PutOffMenu>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("followUps.moreActs")}>
              <IconDots size={16} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={edit}>{t("followUps.edit")}</Menu.Item>
            <Menu.Item color="red" onClick={() => act({ kind: "cancel", followUp })}>
              {t("followUps.cancel")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}
