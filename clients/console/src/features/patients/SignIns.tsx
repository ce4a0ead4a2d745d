/** On a card: where the patient is signed in, asked for on request because that is recorded, and signing out what was lost. */
import {
  type EndedSignIns,
  type SignIn,
  SignInApi,
  type SignIns as SignInsOf,
  type SignOutReason,
} from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { seenOf } from "@consilium/kit/sign-ins";
import { Button, Modal, Radio } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./SignIns.module.css";
import { reasonsOf } from "./sign-ins.ts";

const keyOf = (patientId: string) => ["patient", patientId, "sign-ins"] as const;

export function SignIns({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id}>{t("patients.signIns.title")}</h3>
      <Button variant="default" size="sm" className={classes.open} onClick={() => setOpened(true)}>
        {t("patients.signIns.open")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("patients.signIns.title")} size="lg">
        {opened && <Places patientId={patientId} />}
      </Modal>
    </section>
  );
}

/** What is to end: one sign-in, or all. */
type Wish = SignIn | "all";

function Places({ patientId }: { patientId: string }) {
  const { api } = useConsole();
  const [wish, setWish] = useState<Wish | null>(null);
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: keyOf(patientId),
    queryFn: () => new SignInApi(api.client).of(patientId),
    refetchOnWindowFocus: false,
    // Each look is recorded, and what was seen long ago is no help.
    gcTime: 0,
  });
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={3} rowHeight={40} />;
  }
  if (wish !== null) return <EndForm patientId={patientId} wish={wish} onClose={() => setWish(null)} />;
  return <List signIns={data} onEnd={setWish} />;
}

interface ListProps {
  signIns: SignInsOf;
  onEnd: (wish: Wish) => void;
}

function List({ signIns, onEnd }: ListProps) {
  const { t } = useTranslation();
  const { sign_ins: places, ended } = signIns;
  const named = useNamed();
  const seen = useSeen();
  return (
    <div className={classes.places}>
      <p className={classes.hint}>{t("patients.signIns.count", { count: places.length })}</p>
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={place.id} className={classes.place}>
            <div>
              <p className={classes.words}>{named(place)}</p>
              <p className={classes.hint}>{seen(place)}</p>
            </div>
            <Button
              variant="default"
              size="sm"
              aria-label={t("patients.signIns.endOf", { name: named(place) })}
              onClick={() => onEnd(place)}
            >
              {t("patients.signIns.end")}
            </Button>
          </li>
        ))}
      </ul>
      {places.length > 1 && (
        <Button variant="default" size="sm" className={classes.open} onClick={() => onEnd("all")}>
          {t("patients.signIns.endAll")}
        </Button>
      )}
      {ended.length > 0 && <Ended ended={ended} />}
    </div>
  );
}

function useNamed(): (place: SignIn) => string {
  const { t } = useTranslation();
  return ({ name }) => name ?? t("patients.signIns.unknown");
}

function useSeen(): (place: SignIn) => string {
  const { t } = useTranslation();
  const { dayTime } = useFormats();
  return (place) => {
    const seen = seenOf(Date.parse(place.last_seen_at), Date.now());
    if (seen === null || seen.when === "now") return t("patients.signIns.seenNow");
    if (seen.when === "minutes") return t("patients.signIns.seenMinutes", { count: seen.count });
    return t("patients.signIns.seenAt", { when: dayTime(seen.at) });
  };
}

/** As the audit log has it. */
function Ended({ ended }: { ended: readonly EndedSignIns[] }) {
  const { t } = useTranslation();
  const region = useRegion();
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h4 id={id}>{t("patients.signIns.ended")}</h4>
      <ul className={classes.list}>
        {ended.map(({ at, by, reason, count }) => (
          <li key={`${at} ${by} ${reason}`} className={classes.hint}>
            {t("patients.signIns.endedBy", {
              when: fullWhen(at, region),
              name: by,
              count,
              reason: t(`patients.signIns.reason.${reason}`),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EndFormProps {
  patientId: string;
  wish: Wish;
  onClose: () => void;
}

/** The one confirmation: what it does, and at whose word. */
function EndForm({ patientId, wish, onClose }: EndFormProps) {
  const { t } = useTranslation();
  const { api, me } = useConsole();
  const client = useQueryClient();
  const named = useNamed();
  const { form, change, errorOf, dialog } = useDialogForm<{ reason: SignOutReason | "" }, SignInsOf>({
    begin: () => ({ reason: "" }),
    check: ({ reason }) => (reason === "" ? { reason: "patients.signIns.reasonMissing" } : {}),
    send: ({ reason }) => {
      const ids = wish === "all" ? null : [wish.id];
      return new SignInApi(api.client).end(patientId, ids, reason === "" ? "asked" : reason);
    },
    onSaved: (left) => {
      client.setQueryData(keyOf(patientId), left);
      onClose();
    },
  });
  return (
    <DialogForm submit={t("patients.signIns.submit")} danger {...dialog} onClose={onClose}>
      <p className={classes.words}>
        {wish === "all"
          ? t("patients.signIns.sureAll")
          : t("patients.signIns.sureOne", { name: named(wish) })}
      </p>
      <p className={classes.hint}>{t("patients.signIns.sureText")}</p>
      <Radio.Group<SignOutReason | "">
        label={t("patients.signIns.reasonLabel")}
        description={t("patients.signIns.reasonHint")}
        value={form.reason}
        error={errorOf("reason")}
        onChange={(reason) => change({ reason })}
      >
        <div className={classes.reasons}>
          {reasonsOf(me.role).map((reason, index) => (
            <Radio
              key={reason}
              value={reason}
              data-autofocus={index === 0 || undefined}
              label={t(`patients.signIns.reason.${reason}`)}
            />
          ))}
        </div>
      </Radio.Group>
    </DialogForm>
  );
}
