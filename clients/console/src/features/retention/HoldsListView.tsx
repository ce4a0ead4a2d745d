/** All legal holds, those that hold and those that were lifted. */
import type { HoldView, LegalHold } from "@consilium/kit/api";
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconLock } from "../../icons.ts";
import { ListBody } from "../../list/ListBody.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { HoldCard } from "./HoldCard.tsx";
import classes from "./Retention.module.css";
import { HOLDS_KEY } from "./useRetention.ts";
import { WhichList } from "./WhichList.tsx";

const PAGE = 100;
/** A desk has a few; who has more reads them page by page. */
const ROWS_MAX = 500;

export function HoldsListView() {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { place, filter } = useDesk();
  const view: HoldView = place.search.outcome === "lifted" ? "lifted" : "active";
  const list = useAllPages<LegalHold>(
    [HOLDS_KEY, view],
    (cursor) => api.retention.holds({ view, limit: PAGE, cursor }),
    { eager: true, limit: ROWS_MAX },
  );
  return (
    <ListPane
      title={t("section.archive")}
      total={list}
      search={
        <>
          <WhichList />
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t("retention.holdsWhich")}
            value={view}
            onChange={(value) => filter({ outcome: value === "lifted" ? value : null })}
            data={(["active", "lifted"] as const).map((value) => ({
              value,
              label: t(`retention.holds.${value}`),
            }))}
          />
        </>
      }
    >
      <ListBody
        list={list}
        count={list.items.length}
        filtered={false}
        nothing={{
          icon: <IconLock size={32} stroke={1.5} />,
          title: t(`retention.holdsEmpty.${view}`),
          text: t("retention.holdsEmptyText"),
        }}
      >
        <ul className={classes.holds} aria-label={t("retention.list.holds")}>
          {list.items.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} named />
            </li>
          ))}
        </ul>
      </ListBody>
    </ListPane>
  );
}
