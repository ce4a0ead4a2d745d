/** The end of the account: what goes, what stays and until when; the word typed; and then it is done. */
import type { Deletion, DeletionBlocked } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { ErrorNotice, SkeletonList, useFocusKept } from "@consilium/kit/ui";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { farewell } from "../../app/farewell.ts";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./MyData.module.css";
import { isWord, type RefusalKey, refusalOf, wantsProof, wayOut } from "./model.ts";
import { ProofDialog } from "./ProofDialog.tsx";

export function DeleteView() {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const plan = useQuery({ queryKey: ["deletion"], queryFn: () => api.rights.plan(), gcTime: 0 });
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t("myData.deleteTitle")}</h1>
      {plan.isPending && <SkeletonList rows={4} rowHeight={76} label={t("myData.loading")} />}
      {plan.isError && plan.data === undefined && (
        <ErrorNotice
          title={t("myData.planFailed")}
          text={t("myData.refused.offline")}
          action={{
            label: t("home.again"),
            onClick: () => void plan.refetch(),
            loading: plan.isFetching,
          }}
        />
      )}
      {plan.data !== undefined && (
        <Plan plan={plan.data} onAgain={() => void plan.refetch()} busy={plan.isFetching} />
      )}
    </div>
  );
}

function Plan({ plan, onAgain, busy }: { plan: Deletion; onAgain: () => void; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {plan.blocked !== null && <Blocked blocked={plan.blocked} onAgain={onAgain} busy={busy} />}
      <section className={css.card} aria-labelledby="goes">
        <h2 id="goes" className={css.heading}>
          {t("myData.goesTitle")}
        </h2>
        <ul className={css.list}>
          {plan.goes > 0 && <li>{t("myData.goesRecords", { count: plan.goes })}</li>}
          {(["goesCard", "goesWords", "goesKeys", "goesSignIn"] as const).map((key) => (
            <li key={key}>{t(`myData.${key}`)}</li>
          ))}
        </ul>
      </section>
      <Stays plan={plan} />
      {plan.blocked === null && <Meant onConflict={onAgain} />}
    </>
  );
}

/** What has to be ended first, and where. */
function Blocked({
  blocked,
  onAgain,
  busy,
}: {
  blocked: DeletionBlocked;
  onAgain: () => void;
  busy: boolean;
}) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const [, go] = useLocation();
  const conversations = useQuery(queries.conversations(api));
  const way = wayOut(blocked);
  const open = conversations.data?.conversations.find(
    ({ open_consultation }) => open_consultation?.id === blocked.consultation_id,
  );
  const action =
    way === "callback" && blocked.callback_id !== null
      ? { label: t("myData.toCallback"), onClick: () => go(paths.callback(blocked.callback_id ?? "")) }
      : way === "conversation" && open !== undefined
        ? { label: t("myData.toConversation"), onClick: () => go(paths.conversation(open.id)) }
        : { label: t("home.again"), onClick: onAgain, loading: busy };
  return (
    <ErrorNotice
      tone="warning"
      title={t("myData.blockedTitle")}
      text={t(`myData.blocked.${blocked.by}`)}
      action={action}
    />
  );
}

function Stays({ plan }: { plan: Deletion }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  return (
    <section className={css.card} aria-labelledby="stays">
      <h2 id="stays" className={css.heading}>
        {t("myData.staysTitle")}
      </h2>
      {plan.stays.length > 0 && (
        <>
          <p>{t("myData.staysText")}</p>
          <ul className={css.stays}>
            {plan.stays.map(({ consultation_id, queue, requested_at, held, retention }) => (
              <li key={consultation_id}>
                <span>
                  {queue.name}, {date(requested_at)}
                </span>
                <span className={css.muted}>
                  {retention !== null &&
                    t("myData.staysUntil", { name: retention.class.name, date: date(retention.due_at) })}
                  {held && ` ${t("myData.staysHeld")}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul className={css.list}>
        {plan.remains.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Meant({ onConflict }: { onConflict: () => void }) {
  const { t } = useTranslation();
  const { api, signOut } = useSignedIn();
  const [typed, setTyped] = useState("");
  const [work, setWork] = useState<"idle" | "busy" | RefusalKey>("idle");
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // While it was busy it could not keep the focus, so there is nothing that the dialog could give it back to.
  useFocusKept(
    String(asks),
    useCallback(() => button.current, []),
  );
  const word = t("myData.word");
  const end = async (token: string | null) => {
    setWork("busy");
    try {
      const done = await api.rights.end(token);
      // What is shown from now on hangs on nothing that goes.
      farewell.set(done.receipt);
      await signOut();
    } catch (cause) {
      const stale = token === null && wantsProof(cause);
      const key = refusalOf(cause);
      setAsks(stale);
      setWork(stale ? "idle" : key);
      if (key === "open") onConflict();
    }
  };
  return (
    <>
      <form
        className={css.card}
        aria-labelledby="meant"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isWord(typed, word)) void end(null);
        }}
      >
        <div>
          <h2 id="meant" className={css.heading}>
            {t("myData.meantTitle")}
          </h2>
          <p className={css.muted}>{t("myData.meantText")}</p>
        </div>
        <Link href={paths.myData}>{t("myData.copyFirst")}</Link>
        <TextInput
          label={t("myData.typeWord", { word })}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {work !== "idle" && work !== "busy" && (
          <ErrorNotice title={t("myData.endRefused")} text={t(`myData.refused.${work}`, { count: 1 })} />
        )}
        <div className={css.row}>
          <Button
            ref={button}
            type="submit"
            color="red"
            disabled={!isWord(typed, word)}
            loading={work === "busy"}
          >
            {t("myData.endForGood")}
          </Button>
          <Button component={Link} href={paths.profile} variant="default">
            {t("myData.keep")}
          </Button>
        </div>
      </form>
      {/* A form of its own: what is sent in it is not sent in this one. */}
      {asks && (
        <ProofDialog
          submit={t("myData.endForGood")}
          danger
          onClose={() => setAsks(false)}
          onProved={async (token) => {
            setAsks(false);
            await end(token);
          }}
        />
      )}
    </>
  );
}
