/** Sign in: account and password, under the brand's name. */
import { useBrand, useLogo } from "@consilium/kit/brand";
import { deviceName, preloadEngine, type Session, type SignInFailure, signIn } from "@consilium/kit/matrix";
import { ErrorNotice, LanguageSwitch } from "@consilium/kit/ui";
import { unlockSound } from "@consilium/kit/ui/speaker";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureWords } from "./model.ts";
import classes from "./SignInView.module.css";

interface SignInViewProps {
  why: "first" | "ended" | "elsewhere" | "not-staff";
  onSignedIn: (session: Session, password: string) => void;
}

export function SignInView({ why, onSignedIn }: SignInViewProps) {
  const { t } = useTranslation();
  const brand = useBrand();
  const logo = useLogo();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  useEffect(() => void preloadEngine(), []);
  useEffect(() => {
    document.title = `${t("signIn.title")} · ${brand.name}`;
  }, [t, brand.name]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (login.trim() === "" || password === "") return;
    setBusy(true);
    setFailure(null);
    // The press that signs in is also the one that lets the desk ring later.
    void unlockSound();
    const result = await signIn({
      homeserverUrl: brand.server.homeserver_url,
      login,
      password,
      // What lists of sign-ins call this one.
      deviceName: deviceName(),
    });
    setBusy(false);
    if (result.ok) onSignedIn(result.session, password);
    else setFailure(result.failure);
  };

  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <img className={classes.logo} src={logo} alt={brand.name} />
        <div>
          <h1 className={classes.title}>{t("signIn.title")}</h1>
          <p className={classes.sub}>{t("signIn.sub")}</p>
        </div>
        {why !== "first" && failure === null && (
          <ErrorNotice
            tone={why === "not-staff" ? "warning" : "info"}
            title={t(`signIn.why.${why}.title`)}
            text={t(`signIn.why.${why}.text`)}
          />
        )}
        {failure !== null && <ErrorNotice title={failureWords(failure, t)} />}
        <TextInput
          label={t("signIn.login")}
          size="md"
          required
          withAsterisk={false}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("signIn.password")}
          size="md"
          required
          withAsterisk={false}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t("signIn.submit")}
        </Button>
        <p className={classes.help}>{t("signIn.help")}</p>
      </form>
      <footer className={classes.foot}>
        <LanguageSwitch labelVisible={false} />
      </footer>
    </main>
  );
}
