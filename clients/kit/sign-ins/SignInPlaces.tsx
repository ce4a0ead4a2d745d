/** Where one is signed in: this place and the others, and signing out there, with the password that the server wants for it. */
import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import type { EndOutcome, SignInPlace } from "../matrix/sign-ins.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { SkeletonList } from "../ui/Skeletons.tsx";
import { seenOf } from "./model.ts";
import css from "./SignInPlaces.module.css";
import { type SignInsWire, useSignIns } from "./useSignIns.ts";

export interface SignInPlacesProps {
  /** The server; tests put a pretend one here. */
  wire?: SignInsWire;
}

/** What is to end: one place, or all but this one. */
type Wish = { place: SignInPlace } | "others";

export function SignInPlaces({ wire }: SignInPlacesProps) {
  const { t } = useTranslation("kit");
  const { state, load, end } = useSignIns(wire);
  const [wish, setWish] = useState<Wish | null>(null);
  const [done, setDone] = useState(false);
  if (state.status === "loading") {
    return <SkeletonList rows={2} rowHeight={56} label={t("signIns.loading")} />;
  }
  if (state.status === "failed") {
    return (
      <ErrorNotice
        title={t("signIns.failed")}
        text={t("signIns.failedText")}
        action={{ label: t("signIns.again"), onClick: load }}
      />
    );
  }
  const { places } = state;
  const others = places.filter(({ isHere }) => !isHere);
  const ask = (next: Wish) => {
    setDone(false);
    setWish(next);
  };
  const ended = async (password: string): Promise<EndOutcome> => {
    const ids = wish === null ? [] : wish === "others" ? others.map(({ id }) => id) : [wish.place.id];
    const outcome = await end(ids, password);
    if (outcome !== "done") return outcome;
    setWish(null);
    setDone(true);
    return outcome;
  };
  return (
    <div className={css.places}>
      <ul role="list" className={css.list}>
        {places.map((place) => (
          <Place key={place.id} place={place} onEnd={() => ask({ place })} />
        ))}
      </ul>
      {others.length === 0 && <p className={css.muted}>{t("signIns.onlyHere")}</p>}
      {others.length > 1 && wish === null && (
        <Button variant="default" className={css.all} onClick={() => ask("others")}>
          {t("signIns.endOthers")}
        </Button>
      )}
      <p role="status" className={css.muted}>
        {done && t("signIns.done")}
      </p>
      {wish !== null && (
        <Sure
          key={wish === "others" ? "others" : wish.place.id}
          wish={wish}
          onBack={() => setWish(null)}
          onSure={ended}
        />
      )}
    </div>
  );
}

function Place({ place, onEnd }: { place: SignInPlace; onEnd: () => void }) {
  const { t } = useTranslation("kit");
  const seen = useSeenWords(place);
  const name = place.name ?? t("signIns.unknown");
  return (
    <li className={css.place}>
      <div>
        <p className={css.name}>{name}</p>
        <p className={css.muted}>{seen}</p>
      </div>
      {!place.isHere && (
        <Button variant="default" aria-label={t("signIns.endOf", { name })} onClick={onEnd}>
          {t("signIns.end")}
        </Button>
      )}
    </li>
  );
}

function useSeenWords({ isHere, lastSeenAt }: SignInPlace): string {
  const { t } = useTranslation("kit");
  const { dayTime } = useFormats();
  if (isHere) return t("signIns.here");
  const seen = seenOf(lastSeenAt, Date.now());
  if (seen === null) return "";
  if (seen.when === "now") return t("signIns.seen.now");
  if (seen.when === "minutes") return t("signIns.seen.minutes", { count: seen.count });
  return t("signIns.seen.at", { when: dayTime(seen.at) });
}

interface SureProps {
  wish: Wish;
  onBack: () => void;
  onSure: (password: string) => Promise<EndOutcome>;
}

/** The one confirmation: what it does, and why the password is asked for. */
function Sure({ wish, onBack, onSure }: SureProps) {
  const { t } = useTranslation("kit");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  const [state, setState] = useState<EndOutcome | "idle" | "busy">("idle");
  useEffect(() => input.current?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === "" || state === "busy") return;
    setState("busy");
    const outcome = await onSure(password);
    if (outcome !== "done") setState(outcome);
  };
  const title =
    wish === "others"
      ? t("signIns.sureOthers")
      : t("signIns.sureOne", { name: wish.place.name ?? t("signIns.unknown") });
  const isWrong = state !== "idle" && state !== "busy" && state !== "done";
  return (
    <form className={css.sure} aria-labelledby={id} noValidate onSubmit={(event) => void submit(event)}>
      <h3 id={id} className={css.name}>
        {title}
      </h3>
      <p>{t("signIns.sureText")}</p>
      <PasswordInput
        ref={input}
        label={t("signIns.password")}
        description={t("signIns.why")}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ "aria-label": t("signIns.showPassword") }}
        value={password}
        error={isWrong ? t(`signIns.error.${state}`) : undefined}
        aria-invalid={isWrong}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className={css.buttons}>
        <Button variant="default" disabled={state === "busy"} onClick={onBack}>
          {t("signIns.back")}
        </Button>
        <Button type="submit" disabled={password === ""} loading={state === "busy"}>
          {t("signIns.submit")}
        </Button>
      </div>
    </form>
  );
}
