/** What stays around the screens: the banner of the network, the bar with the four places, the notice of another tab. */
import { useBrand, useFormats } from "@consilium/kit/brand";
import type { Engine } from "@consilium/kit/matrix";
import {
  ConnectionBanner,
  EmptyState,
  ErrorBoundary,
  ErrorNotice,
  PlainButton,
  useFocusKept,
  useReadable,
} from "@consilium/kit/ui";
import { IconFolder, IconHistory, IconHome, IconUser, IconWorld } from "@consilium/kit/ui/icons";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import css from "./Frame.module.css";
import { Logo } from "./Logo.tsx";
import { lazyPart } from "./later.ts";
import { paths } from "./paths.ts";
import { useLiveQueries } from "./queries.ts";
import { rehearsalCode } from "./rehearsal.ts";
import { useEngine, useSignedIn, useUnread } from "./session.tsx";

const RecoveryKeyCard = lazyPart(async () => {
  const { RecoveryKeyCard, addRecoveryWords } = await import("../features/recovery-key/index.ts");
  await addRecoveryWords();
  return RecoveryKeyCard;
});

/** Rarely has something to say, and never at once. */
const Notices = lazyPart(async () => {
  const { Notices, addNoticeWords } = await import("./notices/index.ts");
  await addNoticeWords();
  return Notices;
});

/** Only who opened a rehearsal's address has it. */
const RehearsalNotice = lazyPart(async () => {
  const { RehearsalNotice, addRehearsalWords } = await import("../features/rehearsal/index.ts");
  await addRehearsalWords();
  return RehearsalNotice;
});

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { engine } = useSignedIn();
  const live = useEngine();
  const [path] = useLocation();
  useLiveQueries();
  useUnreadTitle();
  useFocusKept(path, findMain);
  if (engine.status === "elsewhere") return <OtherTab />;
  const inside = path.startsWith("/conversation/");
  return (
    <div className={css.frame} data-inside={inside}>
      <a className={css.skip} href="#main">
        {t("frame.skip")}
      </a>
      {!inside && <Places />}
      {live !== null && <Connection engine={live} />}
      {engine.status === "failed" && (
        <div className={css.notice}>
          <ErrorNotice
            tone="warning"
            title={t("frame.engineFailed")}
            text={t("frame.engineFailedText")}
            action={{ label: t("frame.again"), onClick: engine.retry }}
          />
        </div>
      )}
      {live !== null && <KeeperNotice engine={live} />}
      {live !== null && <KeysNotice engine={live} />}
      <Rehearsal />
      <Suspense fallback={null}>
        <Notices />
      </Suspense>
      <main id="main" className={css.main} tabIndex={-1}>
        <ErrorBoundary resetKey={path}>{children}</ErrorBoundary>
      </main>
    </div>
  );
}

function findMain(): HTMLElement | null {
  return document.getElementById("main");
}

function Rehearsal() {
  const [code] = useState(rehearsalCode);
  if (code === null) return null;
  return (
    <div className={css.notice}>
      <Suspense fallback={null}>
        <RehearsalNotice code={code} />
      </Suspense>
    </div>
  );
}

/** «(2) Clinic» in the tab while something is unread. */
function useUnreadTitle(): void {
  const { name } = useBrand();
  const unread = useUnread();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${name}` : name;
  }, [unread, name]);
}

function Places() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { name } = useBrand();
  return (
    <header className={css.places}>
      <Link href={paths.home} className={css.brand} aria-label={t("frame.home", { name })}>
        <Logo />
      </Link>
      <nav className={css.nav} aria-label={t("frame.places")}>
        <Place
          href={paths.home}
          here={path === paths.home || /^\/(ask|call-me|call-back)\b/.test(path)}
          label={t("frame.placeHome")}
        >
          <IconHome size={24} stroke={1.75} aria-hidden />
        </Place>
        <Place href={paths.history} here={path.startsWith(paths.history)} label={t("frame.placeHistory")}>
          <IconHistory size={24} stroke={1.75} aria-hidden />
        </Place>
        <Place href={paths.documents} here={path === paths.documents} label={t("frame.placeDocuments")}>
          <IconFolder size={24} stroke={1.75} aria-hidden />
        </Place>
        <Place
          href={paths.profile}
          here={path === paths.profile || path.startsWith(paths.myData) || path === paths.persons}
          label={t("frame.placeProfile")}
        >
          <IconUser size={24} stroke={1.75} aria-hidden />
        </Place>
      </nav>
    </header>
  );
}

function Place({
  href,
  here,
  label,
  children,
}: {
  href: string;
  here: boolean;
  label: string;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={css.place} aria-current={here ? "page" : undefined}>
      {children}
      <span>{label}</span>
    </Link>
  );
}

function Connection({ engine }: { engine: Engine }) {
  const state = useReadable(engine.connection);
  return <ConnectionBanner state={state} onRetry={() => engine.retryNow()} />;
}

/** The keeper is not the one whom the partner named: nothing is sent until somebody has looked at it. */
function KeeperNotice({ engine }: { engine: Engine }) {
  const { t } = useTranslation();
  const { phone } = useBrand().contacts;
  const formats = useFormats();
  const state = useReadable(engine.keeper);
  if (state !== "mismatch") return null;
  return (
    <div className={css.notice}>
      <ErrorNotice
        title={t("frame.keeper")}
        text={t("frame.keeperText")}
        action={
          phone === null
            ? undefined
            : {
                label: t("frame.keeperCall", { phone: formats.phone(phone) }),
                onClick: () => location.assign(`tel:${phone}`),
              }
        }
      />
    </div>
  );
}

/** Earlier messages cannot be opened: what the person can do about it, in plain words. Silent as long as nothing is needed. */
function KeysNotice({ engine }: { engine: Engine }) {
  const { t } = useTranslation();
  const { signInAgain } = useSignedIn();
  const state = useReadable(engine.keys);
  if (state === "needs-recovery-key" && engine.custody !== null) {
    return (
      <div className={css.notice}>
        <Suspense fallback={null}>
          <RecoveryKeyCard custody={engine.custody} />
        </Suspense>
      </div>
    );
  }
  if (state !== "failed" && state !== "needs-sign-in") return null;
  const action =
    state === "failed"
      ? { label: t("frame.again"), onClick: () => engine.retryNow() }
      : { label: t("frame.signInAgain"), onClick: signInAgain };
  const words = state === "failed" ? "frame.keysFailed" : "frame.keysSignIn";
  return (
    <div className={css.notice}>
      <ErrorNotice tone="warning" title={t(words)} text={t(`${words}Text`)} action={action} />
    </div>
  );
}

function OtherTab() {
  const { t } = useTranslation();
  return (
    <main className={css.alone}>
      <EmptyState
        icon={<IconWorld size={32} stroke={1.5} />}
        title={t("frame.otherTab")}
        text={t("frame.otherTabText")}
      />
      <PlainButton variant="filled" onClick={() => location.reload()}>
        {t("frame.here")}
      </PlainButton>
    </main>
  );
}
