/** Whoever serves a service was asked, and nobody came: it stands over the desk until it is read, and the service hears that it was. */
import "@testing-library/jest-dom/vitest";
import { type QueueInvitation, StaffApi, type StreamStatus } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { Cell } from "@consilium/kit/matrix";
import { pretendFetch } from "@consilium/kit/testing";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { mockBrand } from "../../testing/mock-world.ts";
import { operator, queue } from "../../testing/rows.ts";
import { shortLists } from "../../testing/short-lists.ts";
import { EN as en } from "../../testing/words.ts";
import { DeskProvider, useDesk } from "../desk/DeskContext.tsx";
import { InVainLines } from "../features/queue-invitation/index.ts";
import { LiveDesk } from "../live/desk.ts";
import { useReadable } from "../live/hooks.ts";
import { makeRouter } from "../router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "../session/ConsoleContext.tsx";

const PETROVA = { id: "o1", name: "Irina Petrova" };
const brand = mockBrand("http://localhost");
let words: i18n;
let restore: () => void = () => undefined;
let seen: string[] = [];

function invitation(id: string, state: QueueInvitation["state"]): QueueInvitation {
  return {
    id,
    consultation_id: "1",
    queue: { id: "psychologist", name: "Psychologist" },
    service: { id: "q1", name: "GP" },
    role: "consultant",
    by: PETROVA,
    made_at: "2026-11-28T12:00:00Z",
    expires_at: "2026-11-28T12:02:00Z",
    state,
    accepted_by: null,
    asked: 2,
    declined: 2,
  };
}

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
beforeEach(() => {
  seen = [];
});
afterEach(() => {
  cleanup();
  restore();
  sessionStorage.clear();
  localStorage.clear();
});

function Lines() {
  const { dialog } = useDesk();
  return (
    <>
      <InVainLines className={undefined} buttonsClassName={undefined} />
      <output>{useReadable(dialog).kind}</output>
    </>
  );
}

function Desk() {
  return (
    <DeskProvider>
      <Lines />
    </DeskProvider>
  );
}

async function desk(...invitations: QueueInvitation[]): Promise<void> {
  const page = { items: [], next_cursor: null, total: 0 };
  const isSeen = (id: string) => () => {
    seen.push(id);
    return { body: invitation(id, "declined") };
  };
  restore = pretendFetch({
    "GET /_consilium/v1/consultations": { body: page },
    "GET /_consilium/v1/queues": { body: { queues: [queue({ id: "q1" })] } },
    "GET /_consilium/v1/operators": { body: { operators: [operator(PETROVA)] } },
    "GET /_consilium/v1/callbacks": { body: page },
    "POST /_consilium/v1/queue-invitations/i1/seen": isSeen("i1"),
    "POST /_consilium/v1/queue-invitations/i2/seen": isSeen("i2"),
  });
  history.replaceState(null, "", "/waiting");
  const api = new StaffApi({
    baseUrl: location.origin,
    accessToken: () => "t",
    refresh: async () => false,
    language: () => "en",
  });
  const live = new LiveDesk(api, {
    on: () => () => undefined,
    start: () => undefined,
    stop: () => undefined,
    nudge: () => undefined,
    again: () => undefined,
    status: new Cell<StreamStatus>("open"),
  });
  await live.reload();
  const value = {
    api,
    me: { user_id: "@petrova:x", role: "operator", operator: operator(PETROVA) },
    desk: live,
    ...shortLists({ queueInvitations: invitations }),
  } as unknown as ConsoleValue;
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <QueryClientProvider client={new QueryClient()}>
        <ConsoleContext value={value}>
          <RouterProvider router={makeRouter(Desk)} />
        </ConsoleContext>
      </QueryClientProvider>
    </BrandProvider>,
  );
}

const line = (text: string) => screen.findByText(text);

it("is read by one press, which the service is told, and what stands open is no line", async () => {
  await desk(invitation("i1", "declined"), invitation("i2", "open"));
  expect(await line("Psychologist: nobody can come now.")).toBeVisible();
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: en.understood }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await waitFor(() => expect(seen).toEqual(["i1"]));
});

it("asks somebody else, and is read by that", async () => {
  await desk(invitation("i2", "expired"));
  expect(await line("Psychologist: nobody answered.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: en.askQueue.askOthers }));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("invite"));
  expect(screen.queryByRole("alert")).toBeNull();
  await waitFor(() => expect(seen).toEqual(["i2"]));
});
