/** All views in the operator's own order: opened, moved, edited, copied. A supervisor ends the sharing of a colleague's here. */
import type { SavedView } from "@consilium/kit/api";
import { ActionIcon, Button, Modal } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconArrowDown, IconArrowUp } from "../../icons.ts";
import { moved } from "../../list/moved.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { isMine, sectionOfView } from "../../live/views.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { useArrangeViews, useChangeView } from "./useViewActions.ts";
import classes from "./Views.module.css";

export function ViewsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("views.title")}>
      {opened && <All onClose={onClose} />}
    </Modal>
  );
}

function All({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const items = useReadable(useConsole().views.items);
  const arrange = useArrangeViews();
  const end = useChangeView();
  const ids = [...items.keys()];
  return (
    <div className={classes.dialog}>
      {items.size === 0 && <p className={classes.hint}>{t("views.none")}</p>}
      <ul className={classes.list} aria-label={t("views.title")}>
        {[...items.values()].map((view, index) => (
          <li key={view.id} className={classes.item}>
            <About view={view} />
            <ActionIcon
              variant="subtle"
              color="gray"
              // Not disabled: the keyboard would lose its place at the end of the list.
              aria-disabled={index === 0 || undefined}
              data-disabled={index === 0 || undefined}
              aria-label={t("views.up", { name: view.name })}
              onClick={() => index > 0 && arrange.mutate(moved(ids, index, -1))}
            >
              <IconArrowUp size={16} stroke={1.75} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-disabled={index === ids.length - 1 || undefined}
              data-disabled={index === ids.length - 1 || undefined}
              aria-label={t("views.down", { name: view.name })}
              onClick={() => index < ids.length - 1 && arrange.mutate(moved(ids, index, 1))}
            >
              <IconArrowDown size={16} stroke={1.75} />
            </ActionIcon>
            <Doings view={view} onClose={onClose} onEnd={() => end.mutate({ view, change: UNSHARED })} />
          </li>
        ))}
      </ul>
      <Refusal error={arrange.error ?? end.error} />
    </div>
  );
}

const UNSHARED = { sharing: { with: "nobody" } } as const;

interface DoingsProps {
  view: SavedView;
  onClose: () => void;
  /** Ends the sharing of a colleague's. */
  onEnd: () => void;
}

function Doings({ view, onClose, onEnd }: DoingsProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { dialog, goSection } = useDesk();
  const mine = isMine(view, me.operator?.id ?? null);
  const { section, query, order, name } = view;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("views.openNamed", { name })}
        onClick={() => {
          onClose();
          goSection(sectionOfView(view), { view: view.id });
        }}
      >
        {t("views.open")}
      </Button>
      {mine ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("views.editNamed", { name })}
          onClick={() => dialog.set({ kind: "view", viewId: view.id })}
        >
          {t("views.edit")}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("views.copyNamed", { name })}
          onClick={() =>
            dialog.set({
              kind: "save-view",
              query: { section, query, order },
              name: t("views.copyName", { name }),
            })
          }
        >
          {t("views.copy")}
        </Button>
      )}
      {!mine && me.role === "supervisor" && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t("views.unshareNamed", { name })}
          onClick={onEnd}
        >
          {t("views.unshare")}
        </Button>
      )}
    </>
  );
}

function About({ view }: { view: SavedView }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { queues } = useBoard();
  const mine = isMine(view, me.operator?.id ?? null);
  const parts = [
    t(`section.${sectionOfView(view)}`),
    mine ? "" : t("views.of", { name: view.owner.name }),
    sharedWith(view, (id) => queues.get(id)?.name ?? t("views.goneQueue"), t),
  ];
  return (
    <span className={classes.about}>
      <strong>{view.name}</strong>
      <span className={classes.hint}>{parts.filter(Boolean).join(" · ")}</span>
    </span>
  );
}

function sharedWith({ sharing }: SavedView, nameOf: (id: string) => string, t: TFunction): string {
  if (sharing.with === "queues") {
    return t("views.sharedQueues", { queues: sharing.queue_ids.map(nameOf).join(", ") });
  }
  return sharing.with === "everybody" ? t("views.sharedAll") : "";
}
