/** The panes and what each holds in a section. */
import { useBrand } from "@consilium/kit/brand";
import { useFocusKept } from "@consilium/kit/ui";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { ConsultationTabs, NoConsultation } from "../features/consultation/index.ts";
import { QueueListView } from "../features/queue/index.ts";
import { SettingsList, SettingsPanel } from "../features/settings/index.ts";
import { SetupPlace } from "../features/setup/index.ts";
import { ViewBar } from "../features/views/index.ts";
import { useReadable, useRow } from "../live/hooks.ts";
import { openConsultation } from "../live/route.ts";
import { isQueueSection } from "../live/sections.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { findShown, Pane } from "../ui/Pane.tsx";
import { Banners } from "./Banners.tsx";
import { BottomBar } from "./BottomBar.tsx";
import classes from "./Desk.module.css";
import { CARD_PANE_MIN, ONE_PANE_MAX, shapeOf } from "./layout.ts";
import { PanelHead } from "./PanelHead.tsx";
import {
  ArchivedRecord,
  ArchiveList,
  CallDock,
  Card,
  CardDrawer,
  CardOf,
  Conversation,
  TableOf,
} from "./parts.tsx";
import { Resizer } from "./Resizer.tsx";
import { SectionsPane } from "./SectionsPane.tsx";

export function Panes() {
  const { place } = useDesk();
  const { prefs } = useConsole();
  const { cardOpen, listWidth } = useReadable(prefs.prefs);
  const shape = shapeOf(place.section);
  const phase = useRow(openConsultation(place))?.phase ?? "";
  // A row that was taken, a button that handed on: what was pressed may be gone.
  useFocusKept(`${place.section}/${place.id} ${phase}`, findShown);
  return (
    <div
      className={classes.desk}
      data-shape={shape}
      data-open={place.id !== null}
      data-card={shape === "table" ? place.id !== null : cardOpen && openConsultation(place) !== null}
      style={{ "--list-width": `${listWidth / 16}rem` } as React.CSSProperties}
    >
      <PageTitle />
      <Banners />
      <SectionsPane />
      <CallDock />
      {shape === "split" ? <Split /> : <Table />}
      <BottomBar />
    </div>
  );
}

/** The page's name for readers of the screen; for the eye it is in the sections. */
function PageTitle() {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { place } = useDesk();
  return (
    <h1 className="unseen">
      {name}: {t(`section.${place.section}`)}
    </h1>
  );
}

function Split() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { section } = place;
  const openId = openConsultation(place);
  const onePane = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, {
    getInitialValueInEffect: false,
  });
  const listIsMain = onePane && place.id === null;
  return (
    <>
      <Pane
        name="list"
        main={listIsMain}
        of={section}
        label={t("pane.list", { section: t(`section.${section}`) })}
        className={classes.list}
      >
        <ViewBar />
        {isQueueSection(section) && <QueueListView key={section} section={section} />}
        {section === "archive" && <ArchiveList />}
        {section === "settings" && <SettingsList />}
        <Resizer />
      </Pane>
      <Pane
        name="main"
        main={!listIsMain}
        of={`${section}/${place.id}`}
        label={
          section === "settings"
            ? t("section.settings")
            : t(isQueueSection(section) ? "pane.conversation" : "pane.record")
        }
        className={classes.main}
      >
        {isQueueSection(section) && <ConsultationTabs />}
        {isQueueSection(section) && (openId === null ? <NoConsultation /> : <Conversation id={openId} />)}
        {section === "archive" && <ArchivedRecord />}
        {section === "settings" && <SettingsPanel name={place.id} />}
      </Pane>
      {openId !== null && <ConsultationCard id={openId} />}
    </>
  );
}

/** The card beside a consultation: a pane where there is room, else a drawer. */
function ConsultationCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const { cardDrawer } = useDesk();
  const { prefs } = useConsole();
  const wide = useMediaQuery(`(min-width: ${CARD_PANE_MIN})`, undefined, { getInitialValueInEffect: false });
  const narrow = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, { getInitialValueInEffect: false });
  const drawer = useReadable(cardDrawer);
  const { cardOpen } = useReadable(prefs.prefs);
  useEffect(() => {
    if (wide) cardDrawer.set(false);
  }, [wide, cardDrawer]);
  if (wide) {
    if (!cardOpen) return null;
    return (
      <Pane name="card" of={id} label={t("pane.card")} className={classes.card}>
        <Card id={id} />
      </Pane>
    );
  }
  return (
    <CardDrawer id={id} opened={drawer} narrow={narrow ?? false} onClose={() => cardDrawer.set(false)} />
  );
}

function Table() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { section, id } = place;
  return (
    <>
      <Pane name="main" of={section} label={t(`section.${section}`)} className={classes.main}>
        <ViewBar />
        {section === "setup" ? <SetupPlace /> : <TableOf section={section} />}
      </Pane>
      {id !== null && (
        <Pane name="card" of={`${section}/${id}`} label={t("pane.details")} className={classes.card}>
          <PanelHead />
          <div className={classes.cardScroll}>
            <CardOf section={section} id={id} />
          </div>
        </Pane>
      )}
    </>
  );
}
