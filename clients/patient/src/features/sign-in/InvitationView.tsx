/** Who was invited by the desk is greeted by name, chooses a password, and is in. */
import type { InvitationGreeting } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import type { Session } from "@consilium/kit/matrix";
import { ErrorNotice, LanguageSwitch, SkeletonList } from "@consilium/kit/ui";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "../../app/Logo.tsx";
import type { Over } from "./invitation-model.ts";
import css from "./SignInView.module.css";
import { Consent, Trust } from "./SignInView.tsx";
import { useAccept, useGreeting } from "./useInvitation.ts";

export interface InvitationViewProps {
  secret: string;
  /** Ends the sign-in of whoever is signed in here; `null`: nobody is. */
  signOut: (() => Promise<void>) | null;
  onSignedIn: (session: Session, password: string) => void;
  /** To the app without the link. */
  onLeave: () => void;
}

export function InvitationView({ secret, signOut, onSignedIn, onLeave }: InvitationViewProps) {
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Logo large />
        {signOut === null ? (
          <Invited secret={secret} onSignedIn={onSignedIn} onLeave={onLeave} />
        ) : (
          <Another signOut={signOut} onLeave={onLeave} />
        )}
        <Trust />
      </div>
      <div className={css.language}>
        <LanguageSwitch labelVisible={false} />
      </div>
    </main>
  );
}

function Head({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.head}>
      <h1 className={css.title}>{title}</h1>
      {children !== undefined && <p className={css.lead}>{children}</p>}
    </div>
  );
}

/** Somebody is signed in on this device: the link is not for him unless he says so. */
function Another({ signOut, onLeave }: { signOut: () => Promise<void>; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Head title={t("invitation.another")}>{t("invitation.anotherText")}</Head>
      <div className={css.form}>
        <Button fullWidth onClick={() => void signOut()}>
          {t("invitation.signOut")}
        </Button>
        <Button fullWidth variant="default" onClick={onLeave}>
          {t("invitation.stay")}
        </Button>
      </div>
    </>
  );
}

type InvitedProps = Omit<InvitationViewProps, "signOut">;

function Invited({ secret, onSignedIn, onLeave }: InvitedProps) {
  const { t } = useTranslation();
  const answer = useGreeting(secret);
  switch (answer.status) {
    case "loading":
      return <SkeletonList rows={3} label={t("invitation.loading")} />;
    case "failed":
      return (
        <ErrorNotice
          title={t("signIn.error.offline")}
          text={t("invitation.failedText")}
          action={{ label: t("invitation.again"), onClick: answer.retry }}
        />
      );
    case "over":
      return <IsOver why={answer.why} onLeave={onLeave} />;
    case "ready":
      return <Form secret={secret} greeting={answer.greeting} onSignedIn={onSignedIn} onLeave={onLeave} />;
  }
}

/** What to do instead. */
function IsOver({ why, onLeave }: { why: Over; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Head title={t(`invitation.over.${why}`)}>{t(`invitation.over.${why}Text`)}</Head>
      <Button fullWidth onClick={onLeave}>
        {t("invitation.toSignIn")}
      </Button>
    </>
  );
}

function Form({ secret, greeting, onSignedIn, onLeave }: InvitedProps & { greeting: InvitationGreeting }) {
  const { t } = useTranslation();
  const { name: brandName } = useBrand();
  const form = useAccept(secret, greeting, onSignedIn);
  const inputs = { password: useRef<HTMLInputElement>(null), consent: useRef<HTMLInputElement>(null) };
  if (form.over !== null) return <IsOver why={form.over} onLeave={onLeave} />;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = await form.submit();
    if (wrong !== null) inputs[wrong].current?.focus();
  };
  const service = greeting.service === "" ? brandName : greeting.service;
  return (
    <>
      <Head title={t("invitation.title", { name: greeting.name })}>{t("invitation.lead", { service })}</Head>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label={t("invitation.login")}
          description={t("invitation.loginHint")}
          name="username"
          autoComplete="username"
          value={greeting.login}
          readOnly
        />
        <PasswordInput
          ref={inputs.password}
          label={t("invitation.password")}
          description={t("signIn.passwordHint")}
          name="password"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          value={form.fields.password}
          error={form.errors.password === undefined ? undefined : t(form.errors.password)}
          aria-invalid={form.errors.password !== undefined}
          onChange={(event) => form.setField("password", event.currentTarget.value)}
        />
        <Consent form={form} inputRef={inputs.consent} />
        {form.refusal !== null && (
          <ErrorNotice
            title={t(form.refusal.key, { count: form.refusal.seconds ?? 0 })}
            text={t(`${form.refusal.key}Text`)}
          />
        )}
        <Button type="submit" fullWidth loading={form.busy}>
          {t("invitation.submit")}
        </Button>
      </form>
      <div className={css.other}>
        <button type="button" className={css.link} onClick={onLeave}>
          {t("invitation.haveAccount")}
        </button>
      </div>
    </>
  );
}
