/** A copy of everything that is kept of me, and the way to the end of the account. */
import { ErrorNotice, saveBlob, useFocusKept } from "@consilium/kit/ui";
import { IconCircleCheck, IconDownload } from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../../app/paths.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./MyData.module.css";
import { minutesUntil, type RefusalKey, refusalOf, wantsProof } from "./model.ts";
import { ProofDialog } from "./ProofDialog.tsx";

export function MyDataView() {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t("myData.title")}</h1>
      <Copy />
      <section className={css.card} aria-labelledby="end">
        <div>
          <h2 id="end" className={css.heading}>
            {t("myData.endTitle")}
          </h2>
          <p className={css.muted}>{t("myData.endText")}</p>
        </div>
        <Button component={Link} href={paths.deleteAccount} variant="default" className={css.act}>
          {t("myData.endOpen")}
        </Button>
      </section>
    </div>
  );
}

type Work = { status: "idle" | "busy" | "saved" } | { status: "refused"; key: RefusalKey; minutes: number };

function Copy() {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const [work, setWork] = useState<Work>({ status: "idle" });
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // While it was busy it could not keep the focus, so there is nothing that the dialog could give it back to.
  useFocusKept(
    String(asks),
    useCallback(() => button.current, []),
  );
  const make = async (token: string | null) => {
    setWork({ status: "busy" });
    try {
      const { blob, name } = await api.rights.copy(token);
      saveBlob(blob, name);
      setWork({ status: "saved" });
    } catch (cause) {
      const stale = token === null && wantsProof(cause);
      setAsks(stale);
      setWork(
        stale
          ? { status: "idle" }
          : { status: "refused", key: refusalOf(cause), minutes: minutesUntil(cause) },
      );
    }
  };
  return (
    <section className={css.card} aria-labelledby="copy">
      <div>
        <h2 id="copy" className={css.heading}>
          {t("myData.copyTitle")}
        </h2>
        <p className={css.muted}>{t("myData.copyText")}</p>
      </div>
      <p className={css.muted}>{t("myData.copyCare")}</p>
      {work.status === "refused" && (
        <ErrorNotice
          tone="warning"
          title={t("myData.copyRefused")}
          text={t(`myData.refused.${work.key}`, { count: work.minutes })}
        />
      )}
      <div className={css.row}>
        <Button
          ref={button}
          leftSection={<IconDownload size={22} stroke={1.75} aria-hidden />}
          loading={work.status === "busy"}
          onClick={() => void make(null)}
        >
          {t("myData.copyMake")}
        </Button>
        <span role="status" className={css.saved}>
          {work.status === "busy" && t("myData.copyBusy")}
          {work.status === "saved" && (
            <>
              <IconCircleCheck size={22} stroke={1.75} aria-hidden /> {t("myData.copySaved")}
            </>
          )}
        </span>
      </div>
      {asks && (
        <ProofDialog
          submit={t("myData.copyMake")}
          onClose={() => setAsks(false)}
          onProved={async (token) => {
            setAsks(false);
            await make(token);
          }}
        />
      )}
    </section>
  );
}
