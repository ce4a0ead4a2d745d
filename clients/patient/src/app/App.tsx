/** The tree of the app: brand and words, access, and then one of two chunks: sign-in or everything behind it. */
import type { PublicBrand } from "@consilium/kit/api";
import { BrandProvider } from "@consilium/kit/brand";
import { preloadEngine } from "@consilium/kit/matrix";
import { UiDensity } from "@consilium/kit/ui/density";
import { useReadable } from "@consilium/kit/ui/useReadable";
import type { i18n } from "i18next";
import { Suspense, useEffect, useState } from "react";
import type { MakeCalls } from "./calls.tsx";
import { farewell } from "./farewell.ts";
import { forgetInvitation, invitationSecret } from "./invitation.ts";
import { lazyScreen } from "./later.ts";
import { AccessProvider, type StartEngine } from "./session.tsx";
import { keepForLater } from "./worker.ts";

const importSignIn = () => import("../features/sign-in/index.ts");
const importSignedIn = () => import("./SignedInApp.tsx");
const Farewell = lazyScreen(async () => {
  const { Farewell, addMyDataWords } = await import("../features/my-data/index.ts");
  await addMyDataWords();
  return Farewell;
});
const SignInView = lazyScreen(async () => (await importSignIn()).SignInView);
const InvitationView = lazyScreen(async () => {
  const { InvitationView, addInvitationWords } = await (await importSignIn()).importInvitation();
  await addInvitationWords();
  return InvitationView;
});
const SignedInApp = lazyScreen(async () => (await importSignedIn()).SignedInApp);

/** Fetches the chunk of the first screen while the brand is still on its way. */
export function preloadFirstScreen(signedIn: boolean): void {
  void (signedIn ? importSignedIn() : importSignIn()).catch(() => undefined);
}

export interface AppProps {
  brand: PublicBrand;
  words: i18n;
  start?: StartEngine;
  /** How calls are made; the looking-glass puts pretend ones here. */
  makeCalls?: MakeCalls;
}

export function App({ brand, words, start, makeCalls }: AppProps) {
  // The chunk with the SDK comes while the first screen is being read.
  useEffect(() => {
    const idle = globalThis.requestIdleCallback ?? ((task: () => void) => setTimeout(task, 1_000));
    idle(() => void preloadEngine().then(keepForLater));
  }, []);
  const receipt = useReadable(farewell);
  const [invitation, setInvitation] = useState(invitationSecret);
  const leaveInvitation = () => {
    forgetInvitation();
    setInvitation(null);
  };
  return (
    <BrandProvider brand={brand} words={words} app="patient">
      <UiDensity value="calm">
        <AccessProvider start={start}>
          {(access) => (
            <Suspense fallback={null}>
              {receipt !== null ? (
                <Farewell receipt={receipt} />
              ) : invitation !== null ? (
                <InvitationView
                  secret={invitation}
                  signOut={access.status === "in" ? access.signOut : null}
                  onLeave={leaveInvitation}
                  onSignedIn={(session, password) => {
                    leaveInvitation();
                    if (access.status === "out") access.onSignedIn(session, password);
                  }}
                />
              ) : access.status === "out" ? (
                <SignInView ended={access.ended} onSignedIn={access.onSignedIn} />
              ) : (
                <SignedInApp key={access.session.userId} makeCalls={makeCalls} />
              )}
            </Suspense>
          )}
        </AccessProvider>
      </UiDensity>
    </BrandProvider>
  );
}
