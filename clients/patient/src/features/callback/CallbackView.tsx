/** One call-back: what happens now, by what number and about what, and how to change one's mind. */
import type { Callback } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Dialog, EmptyState, ErrorNotice, SkeletonList } from "@consilium/kit/ui";
import { IconCircleCheck, IconCircleX, IconPhoneCall, IconPhoneX } from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useCallbackWords } from "../../app/CallbackCard.tsx";
import { canMove, isOpenCallback } from "../../app/callbacks.ts";
import ground from "../../app/Ground.module.css";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./Callback.module.css";
import { SOON, type Wish, windowOf } from "./model.ts";
import { BackHome } from "./OrderView.tsx";
import { useCallbackActions } from "./useCallback.ts";
import { WhenFields } from "./WhenFields.tsx";

export function CallbackView({ callbackId }: { callbackId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, isPending, isError, refetch } = useQuery(queries.callbacks(api));
  const callback = data?.items.find(({ id }) => id === callbackId);
  return (
    <div className={ground.page}>
      <BackHome />
      {isPending && <SkeletonList rows={3} rowHeight={96} label={t("home.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("home.failed")}
          text={t("home.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch() }}
        />
      )}
      {data !== undefined && callback === undefined && (
        <EmptyState
          icon={<IconPhoneCall size={32} stroke={1.5} />}
          title={t("callback.gone")}
          action={{ label: t("frame.toHome"), onClick: () => navigate(paths.home) }}
        />
      )}
      {callback !== undefined && <Ordered callback={callback} />}
    </div>
  );
}

function Ordered({ callback }: { callback: Callback }) {
  const { t } = useTranslation();
  const { title, line } = useCallbackWords(callback);
  const isOpen = isOpenCallback(callback);
  return (
    <article className={ground.form}>
      <header className={css.state} data-phase={callback.phase} data-ending={callback.ending ?? ""}>
        <span className={ground.icon}>
          <StateIcon callback={callback} />
        </span>
        <div role="status">
          <h1 className={ground.title}>{title}</h1>
          <p className={css.line}>{line}</p>
        </div>
      </header>
      {isOpen && <Change callback={callback} />}
      <Facts callback={callback} />
      {callback.conversation_id !== null && (
        <Link className={ground.textLink} href={paths.conversation(callback.conversation_id)}>
          {t("callback.toConversation")}
        </Link>
      )}
      {!isOpen && (
        <Link className={ground.textLink} href={paths.callMe(callback.queue.id)}>
          {t("callback.orderAgain")}
        </Link>
      )}
    </article>
  );
}

function StateIcon({ callback }: { callback: Callback }) {
  const props = { size: 32, stroke: 1.75, "aria-hidden": true } as const;
  const unreached = callback.phase === "no_answer" || callback.outcome === "not_reached";
  if (unreached) return <IconPhoneX {...props} />;
  if (callback.ending === "cancelled") return <IconCircleX {...props} />;
  return callback.ending === "done" ? <IconCircleCheck {...props} /> : <IconPhoneCall {...props} />;
}

function Facts({ callback }: { callback: Callback }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { phone, reason, attempts, erased_at: erased } = callback;
  return (
    <dl className={css.facts}>
      <div>
        <dt>{t("callback.fact.service")}</dt>
        <dd>{callback.queue.name}</dd>
      </div>
      {callback.person != null && (
        <div>
          <dt>{t("callback.fact.whom")}</dt>
          <dd>{callback.person.name}</dd>
        </div>
      )}
      {typeof erased !== "string" && (
        <div>
          <dt>{t("callback.fact.phone")}</dt>
          <dd>{phone === null ? t("callback.fact.inApp") : formats.phone(phone)}</dd>
        </div>
      )}
      {reason !== null && (
        <div>
          <dt>{t("callback.fact.reason")}</dt>
          <dd>{reason}</dd>
        </div>
      )}
      {attempts > 0 && (
        <div>
          <dt>{t("callback.fact.attempts")}</dt>
          <dd>{formats.number(attempts)}</dd>
        </div>
      )}
      <div>
        <dt>{t("callback.fact.ordered")}</dt>
        <dd>{formats.dayTime(callback.requested_at)}</dd>
      </div>
    </dl>
  );
}

function Change({ callback }: { callback: Callback }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"move" | "cancel" | null>(null);
  const actions = useCallbackActions(callback.id);
  const close = () => setAsking(null);
  const ask = (what: "move" | "cancel") => {
    actions.forget();
    setAsking(what);
  };
  return (
    <div className={css.buttons}>
      {canMove(callback) && (
        <Button size="lg" variant="default" onClick={() => ask("move")}>
          {t("callback.move")}
        </Button>
      )}
      <Button size="lg" variant="default" onClick={() => ask("cancel")}>
        {t("callback.cancel")}
      </Button>
      {asking === "move" && <MoveDialog queueId={callback.queue.id} actions={actions} onClose={close} />}
      <Dialog
        open={asking === "cancel"}
        onClose={close}
        title={t("callback.cancelTitle")}
        footer={
          <>
            <Button variant="default" onClick={close}>
              {t("callback.cancelKeep")}
            </Button>
            <Button
              color="red"
              loading={actions.busy}
              onClick={() => void actions.cancel().then((done) => done && close())}
            >
              {t("callback.cancelConfirm")}
            </Button>
          </>
        }
      >
        <p>{t("callback.cancelText")}</p>
        {actions.refusal !== null && <Failed />}
      </Dialog>
    </div>
  );
}

function MoveDialog({
  queueId,
  actions,
  onClose,
}: {
  queueId: string;
  actions: ReturnType<typeof useCallbackActions>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const services = useQuery(queries.services(api)).data?.services;
  const [wish, setWish] = useState<Wish>(SOON);
  const [unchosen, setUnchosen] = useState(false);
  const save = () => {
    if (windowOf(wish) === null) return setUnchosen(true);
    void actions.move(wish).then((done) => done && onClose());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("callback.moveTitle")}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t("callback.moveKeep")}
          </Button>
          <Button loading={actions.busy} onClick={save}>
            {t("callback.moveConfirm")}
          </Button>
        </>
      }
    >
      <WhenFields
        wish={wish}
        hours={services?.find(({ id }) => id === queueId)?.hours}
        onChange={(next) => {
          setUnchosen(false);
          actions.forget();
          setWish(next);
        }}
        error={unchosen || actions.refusal === "time" ? t("callback.order.timeError") : null}
        labelVisible={false}
      />
      {actions.refusal === "failed" && <Failed />}
    </Dialog>
  );
}

function Failed() {
  const { t } = useTranslation();
  return <ErrorNotice title={t("callback.changeFailed")} text={t("callback.changeFailedText")} />;
}
