/** Sign in or make an account. Later the same screen takes a code from a phone or an e-mail. */
import { useBrand, useBrandText, useLocale } from "@consilium/kit/brand";
import type { Session } from "@consilium/kit/matrix";
import { ErrorNotice, LanguageSwitch } from "@consilium/kit/ui";
import { IconLock } from "@consilium/kit/ui/icons";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type RefObject, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "../../app/Logo.tsx";
import type { Ending } from "../../app/session.tsx";
import css from "./SignInView.module.css";
import { type SignInForm, useSignIn } from "./useSignIn.ts";

export interface SignInViewProps {
  /** How the last sign-in ended, where the person did not end it here: says so, and that nothing is lost. */
  ended: Ending | null;
  onSignedIn: (session: Session, password: string) => void;
}

export function SignInView({ ended, onSignedIn }: SignInViewProps) {
  const { t } = useTranslation();
  const { features } = useBrand();
  const text = useBrandText();
  const form = useSignIn(onSignedIn);
  const register = form.mode === "register";
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Logo large />
        <div className={css.head}>
          <h1 className={css.title}>
            {register ? t("signIn.registerTitle") : (text("home.title") ?? t("signIn.title"))}
          </h1>
          {!register && <p className={css.lead}>{text("home.greeting") ?? t("signIn.lead")}</p>}
        </div>
        {ended !== null && <Ended ending={ended} />}
        <Form form={form} />
        {features.registration && (
          <div className={css.other}>
            <span>{t(register ? "signIn.haveAccount" : "signIn.noAccount")}</span>
            <button
              type="button"
              className={css.link}
              onClick={() => form.setMode(register ? "sign-in" : "register")}
            >
              {t(register ? "signIn.toSignIn" : "signIn.toRegister")}
            </button>
          </div>
        )}
        <Trust />
      </div>
      <div className={css.language}>
        <LanguageSwitch labelVisible={false} />
      </div>
    </main>
  );
}

function Ended({ ending }: { ending: Ending }) {
  const { t } = useTranslation();
  const { name } = useBrand();
  if (ending === "unknown")
    return <ErrorNotice tone="info" title={t("signIn.ended")} text={t("signIn.endedText")} />;
  return (
    <ErrorNotice
      tone="info"
      title={t(`signIn.endedBy.${ending}`, { name })}
      text={t(`signIn.endedByText.${ending}`)}
    />
  );
}

function Form({ form }: { form: SignInForm }) {
  const { t } = useTranslation();
  const inputs = {
    name: useRef<HTMLInputElement>(null),
    login: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    consent: useRef<HTMLInputElement>(null),
  };
  const register = form.mode === "register";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = await form.submit();
    if (wrong !== null) inputs[wrong].current?.focus();
  };
  const bind = (field: "name" | "login" | "password") => ({
    ref: inputs[field],
    value: form.fields[field],
    error: form.errors[field] === undefined ? undefined : t(form.errors[field]),
    onChange: (event: { currentTarget: { value: string } }) =>
      form.setField(field, event.currentTarget.value),
  });
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      {register && <TextInput label={t("signIn.name")} name="name" autoComplete="name" {...bind("name")} />}
      <TextInput
        label={t("signIn.login")}
        description={register ? t("signIn.loginHint") : undefined}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...bind("login")}
      />
      <PasswordInput
        label={t("signIn.password")}
        description={register ? t("signIn.passwordHint") : undefined}
        name="password"
        autoComplete={register ? "new-password" : "current-password"}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        aria-invalid={form.errors.password !== undefined}
        {...bind("password")}
      />
      {register && <Consent form={form} inputRef={inputs.consent} />}
      {form.refusal !== null && (
        <ErrorNotice
          title={t(form.refusal.key, { count: form.refusal.seconds ?? 0 })}
          text={t(`${form.refusal.key}Text`)}
        />
      )}
      <Button type="submit" fullWidth loading={form.busy}>
        {t(register ? "signIn.register" : "signIn.signIn")}
      </Button>
    </form>
  );
}

interface ConsentProps {
  form: Pick<SignInForm, "fields" | "setField" | "errors">;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** The partner's consent, to be ticked by the person. */
export function Consent({ form, inputRef }: ConsentProps) {
  const { t } = useTranslation();
  const id = useId();
  const words = useBrandText()("consent");
  const error = form.errors.consent;
  if (words === null || words === "") return null;
  return (
    <div>
      <label className={css.consent}>
        <input
          ref={inputRef}
          type="checkbox"
          checked={form.fields.consent}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : id}
          onChange={(event) => form.setField("consent", event.target.checked)}
        />
        <span>{words}</span>
      </label>
      {error !== undefined && (
        <p id={id} className={css.consentError}>
          {t(error)}
        </p>
      )}
    </div>
  );
}

/** What is promised about secrecy, in the partner's own words; the documents that a person agrees to. */
export function Trust() {
  const { t } = useTranslation();
  const { legal, default_language } = useBrand();
  const locale = useLocale();
  const text = useBrandText();
  const promise = text("trust.statement");
  return (
    <footer className={css.trust}>
      {promise !== null && (
        <p className={css.promise}>
          <IconLock size={20} stroke={1.75} aria-hidden />
          <span>{promise}</span>
        </p>
      )}
      {legal.length > 0 && (
        <ul className={css.legal} aria-label={t("signIn.documents")}>
          {legal.map((document) => (
            <li key={document.id}>
              <a href={`${document.url}?language=${locale}`} target="_blank" rel="noopener">
                {document.title[locale] ?? document.title[default_language] ?? document.id}
              </a>
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
