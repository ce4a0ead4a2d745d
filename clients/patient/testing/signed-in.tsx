/** The app of one patient in tests: a screen with brand, words and queries as in the app, her sign-in on this device, what the service answers her. */
import type { Service } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import {
  type Answers,
  PretendEngine,
  type PretendRoom,
  pretendBrand,
  pretendFetch,
} from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import i18next from "i18next";
import type { ReactNode } from "react";
import { onTestFinished } from "vitest";
import { AccessProvider, type StartEngine } from "../src/app/session.tsx";
import { locales } from "../src/locales/index.ts";

export const BRAND = pretendBrand("clinic", "patient", "http://localhost");
const ANNA = "@anna:x";

/** The app's words, and those that come later. For `beforeAll`. */
export async function speakEnglish(...later: (() => Promise<void>)[]): Promise<void> {
  localStorage.setItem("consilium.language", "en");
  await initI18n(BRAND, locales);
  await Promise.all(later.map((add) => add()));
}

/** Anna is signed in on this device, and the service answers so, until the test is over. What is said later holds. */
export function signIn(answers: Answers): void {
  const tokens = { accessToken: "t", refreshToken: null, expiresAt: null };
  const session = { userId: ANNA, deviceId: "PHONE", ...tokens, homeserverUrl: location.origin };
  localStorage.setItem("consilium.session", JSON.stringify(session));
  // The stream ends with the page, which is gone by then; only so may the pretend server go.
  onTestFinished(pretendFetch({ "GET /_consilium/v1/events": "never", ...answers }));
}

/** Anna's client; nothing that is sent arrives. */
export function pretendClient(rooms: Record<string, PretendRoom> = {}): PretendEngine {
  return new PretendEngine({
    me: ANNA,
    keeper: "@keeper:x",
    names: { [ANNA]: "Anna" },
    rooms,
    sending: "hangs",
  });
}

/** A screen for everybody. */
export function renderInApp(screen: ReactNode): RenderResult {
  return render(
    <BrandProvider brand={BRAND} words={i18next} app="patient">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        {screen}
      </QueryClientProvider>
    </BrandProvider>,
  );
}

/** A screen of whoever is signed in; `start`: how her client begins. */
export function renderSignedIn(
  screen: ReactNode,
  start: StartEngine = async () => pretendClient(),
): RenderResult {
  return renderInApp(
    <AccessProvider start={start}>{(access) => (access.status === "in" ? screen : null)}</AccessProvider>,
  );
}

/** A service that is open, and calls nobody back. */
export function serviceSample(change: Partial<Service> = {}): Service {
  return {
    id: "q1",
    name: "General practitioner",
    description: "",
    icon: "stethoscope",
    open: true,
    operators_online: 1,
    wait: null,
    price: null,
    languages: ["en"],
    callback: { available: false, offered: false, reason: null },
    questionnaire: null,
    ...change,
  };
}
