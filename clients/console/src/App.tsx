/** From "who are you" to the desk: sign-in, opening, why it failed, the desk itself. */
import { useBrand } from "@consilium/kit/brand";
import { EmptyState } from "@consilium/kit/ui";
import { fetchParts, laterPart } from "@consilium/kit/ui/parts";
import { Loader } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./App.module.css";
import { IconDeviceDesktop } from "./icons.ts";
import { useSession } from "./session/useSession.ts";
import { Problem } from "./ui/Loadable.tsx";

const waits = {
  waiting: <Opening />,
  failed: (problem: unknown, again: () => void) => <Failed problem={problem} onRetry={again} />,
};
const Opened = laterPart(async () => (await import("./Opened.tsx")).Opened, waits);
const SignInView = laterPart(async () => (await import("./features/sign-in/index.ts")).SignInView, waits);

export function App() {
  const brand = useBrand();
  const session = useSession(brand);
  const { state } = session;
  // While somebody types a password, or the server is asked who we are, the desk itself is fetched; then all of it that comes later.
  useEffect(() => void fetchParts(), []);
  switch (state.status) {
    case "signed-out":
      return <SignInView why={state.why} onSignedIn={session.signedIn} />;
    case "opening":
      return <Opening />;
    case "failed":
      return <Failed problem={state.problem} onRetry={session.retry} />;
    case "other-tab":
      return <OtherTab />;
    case "open":
      return (
        <Opened
          key={state.console.me.user_id}
          console={state.console}
          freshPassword={state.freshPassword}
          onSignOut={session.signOut}
        />
      );
  }
}

function Failed({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  return (
    <main className={classes.centre}>
      <div className={classes.failed}>
        <Problem error={problem} onRetry={onRetry} />
      </div>
    </main>
  );
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
