/** From "who are you" to the desk: sign-in, opening, why it failed, the desk itself. */
import { useBrand } from "@consilium/kit/brand";
import { EmptyState } from "@consilium/kit/ui";
import { Loader } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./App.module.css";
import { SignInView } from "./features/sign-in/index.ts";
import { IconDeviceDesktop } from "./icons.ts";
import { useSession } from "./session/useSession.ts";
import { Problem } from "./ui/Loadable.tsx";

const loadDesk = () => import("./Opened.tsx");
const Opened = lazy(async () => {
  const { addDeskWords, Opened } = await loadDesk();
  await addDeskWords();
  return { default: Opened };
});

export function App() {
  const brand = useBrand();
  const session = useSession(brand);
  const { state } = session;
  // While somebody types a password, or the server is asked who we are, the desk itself is fetched.
  useEffect(() => void loadDesk().catch(() => undefined), []);
  switch (state.status) {
    case "signed-out":
      return <SignInView why={state.why} onSignedIn={session.signedIn} />;
    case "opening":
      return <Opening />;
    case "failed":
      return (
        <main className={classes.centre}>
          <div className={classes.failed}>
            <Problem error={state.problem} onRetry={session.retry} />
          </div>
        </main>
      );
    case "other-tab":
      return <OtherTab />;
    case "open":
      return (
        <Suspense fallback={<Opening />}>
          <Opened
            key={state.console.me.user_id}
            console={state.console}
            freshPassword={state.freshPassword}
            onSignOut={session.signOut}
          />
        </Suspense>
      );
  }
}

function Opening() {
  const { t } = useTranslation();
  return (
    <main className={classes.centre}>
      <p className={classes.opening} role="status">
        <Loader size="sm" aria-hidden /> {t("opening")}
      </p>
    </main>
  );
}

function OtherTab() {
  const { t } = useTranslation();
  return (
    <main className={classes.centre}>
      <EmptyState
        icon={<IconDeviceDesktop size={36} stroke={1.5} />}
        title={t("otherTab.title")}
        text={t("otherTab.text")}
        action={{ label: t("otherTab.here"), onClick: () => location.reload() }}
      />
    </main>
  );
}
