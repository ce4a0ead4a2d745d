/** What was invented to try things out: what there is of it, and the button that ends all of it. */
import type { Demo, DemoRemoval } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { When } from "../../ui/Elapsed.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { DemoDialog } from "./DemoDialog.tsx";
import classes from "./Setup.module.css";
import { useDemo } from "./useSetup.ts";

export function DemoCard() {
  const { t } = useTranslation();
  const answer = useDemo();
  return (
    <section className={classes.card} aria-labelledby="setup-demo">
      <h3 id="setup-demo">{t("setup.demo.title")}</h3>
      <Loaded answer={answer} rows={2} rowHeight={48}>
        {(demo) => <Card demo={demo} />}
      </Loaded>
    </section>
  );
}

function Card({ demo }: { demo: Demo }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const count = demo.accounts.length;
  const goes = demo.removal !== null && demo.removal.finished_at === null;
  return (
    <>
      {demo.removal !== null && <Removal removal={demo.removal} />}
      {count === 0 && demo.removal === null && <p className={classes.words}>{t("setup.demo.none")}</p>}
      {count > 0 && !goes && (
        <>
          <p className={classes.words}>{t("setup.demo.text", { count })}</p>
          {demo.includes_you && <p className={classes.words}>{t("setup.demo.you")}</p>}
          <div className={classes.buttons}>
            <Button
              variant="default"
              className={classes.danger ?? ""}
              disabled={demo.includes_you}
              onClick={() => setAsking(true)}
            >
              {t("setup.demo.remove")}
            </Button>
          </div>
        </>
      )}
      <DemoDialog demo={asking ? demo : null} onClose={() => setAsking(false)} />
    </>
  );
}

function Removal({ removal }: { removal: DemoRemoval }) {
  const { t } = useTranslation();
  const { result } = removal;
  if (removal.finished_at === null || result === null) {
    return (
      <p className={classes.words} role="status">
        {t("setup.demo.going", { name: removal.begun_by.name })}
      </p>
    );
  }
  return (
    <div className={classes.result}>
      <p className={classes.words} role="status">
        {t("setup.demo.gone", { name: removal.begun_by.name })} <When at={removal.finished_at} />
      </p>
      <p className={classes.muted}>{t("setup.demo.counts", { ...result })}</p>
      {result.held > 0 && <p className={classes.muted}>{t("setup.demo.held", { count: result.held })}</p>}
    </div>
  );
}
