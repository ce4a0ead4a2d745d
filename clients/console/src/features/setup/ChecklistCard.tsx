/** What has to be done before real patients come. What a machine sees ticks itself; the rest is said by somebody, under his name. */
import type { ChecklistItem } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconCircleCheck } from "../../icons.ts";
import { When } from "../../ui/Elapsed.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { inOrder, whereOf } from "./model.ts";
import classes from "./Setup.module.css";
import { useChecklist, useMark } from "./useSetup.ts";

export function ChecklistCard() {
  const { t } = useTranslation();
  const answer = useChecklist();
  return (
    <section className={classes.card} aria-labelledby="setup-checklist">
      <h3 id="setup-checklist">{t("setup.checklist.title")}</h3>
      <Loaded answer={answer} rows={8} rowHeight={48}>
        {({ open, items }) => (
          <>
            <p className={classes.words} role="status">
              {open === 0 ? t("setup.checklist.ready") : t("setup.checklist.open", { count: open })}
            </p>
            <ul className={classes.items} aria-label={t("setup.checklist.title")}>
              {inOrder(items).map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Item({ item }: { item: ChecklistItem }) {
  const { t } = useTranslation();
  const done = item.state === "done";
  const isMissing = item.state === "open" || item.state === "advised";
  return (
    <li data-item={item.id} data-state={item.state}>
      <span className={classes.tick}>
        {done ? <IconCircleCheck size={22} stroke={2} aria-hidden /> : <span aria-hidden />}
      </span>
      <div className={classes.item}>
        <p>
          <strong>{t(`setup.item.${item.id}.title`)}</strong>{" "}
          <span className={classes.muted}>{t(`setup.checklist.state.${item.state}`)}</span>
        </p>
        {isMissing && (
          <p className={classes.muted}>
            {t(`setup.item.${item.id}.how`)}
            {item.missing.length > 0 && ` ${t("setup.checklist.missing", { what: item.missing.join(", ") })}`}
          </p>
        )}
        {item.marked !== null && (
          <p className={classes.muted}>
            {t("setup.checklist.saidBy", { name: item.marked.by.name })} <When at={item.marked.at} />
          </p>
        )}
      </div>
      <Act item={item} />
    </li>
  );
}

function Act({ item }: { item: ChecklistItem }) {
  const { t } = useTranslation();
  const { open, goSection } = useDesk();
  const mark = useMark();
  const where = whereOf(item.id);
  const title = t(`setup.item.${item.id}.title`);
  if (item.by_hand) {
    const done = item.state === "done";
    return (
      <div className={classes.act}>
        <Button
          size="compact-sm"
          variant="default"
          loading={mark.isPending}
          aria-label={t(done ? "setup.checklist.undoOf" : "setup.checklist.sayOf", { title })}
          onClick={() => mark.mutate({ item: item.id, done: !done })}
        >
          {t(done ? "setup.checklist.undo" : "setup.checklist.say")}
        </Button>
        <Refusal error={mark.error} />
      </div>
    );
  }
  if (where === null || (item.state !== "open" && item.state !== "advised")) return null;
  return (
    <div className={classes.act}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t("setup.checklist.goTo", { title })}
        onClick={() => (where.id === null ? goSection(where.section) : open(where.id, where.section))}
      >
        {t("setup.checklist.go")}
      </Button>
    </div>
  );
}
