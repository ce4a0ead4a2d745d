/** A patient's rights at the desk: what is asked before an account is deleted, in which order, and what is said where it is not possible. */
import "@testing-library/jest-dom/vitest";
import { StaffApi, type StreamStatus } from "@consilium/kit/api";
import { BrandProvider, initI18n } from "@consilium/kit/brand";
import { Cell } from "@consilium/kit/matrix";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { i18n } from "i18next";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { deleted, deletionPlan } from "../../testing/mock-rights.ts";
import { mockBrand } from "../../testing/mock-world.ts";
import { operator, queue } from "../../testing/rows.ts";
import { shortLists } from "../../testing/short-lists.ts";
import { EN as en } from "../../testing/words.ts";
import { DeskProvider, useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { DeleteDialog, PatientRights } from "../features/rights/index.ts";
import { LiveDesk } from "../live/desk.ts";
import { useReadable } from "../live/hooks.ts";
import { makeRouter } from "../router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "../session/ConsoleContext.tsx";
import { PrefsStore } from "../settings/prefs.ts";

vi.setConfig({ testTimeout: 30_000 });

const brand = mockBrand("http://localhost");
let words: i18n;
let sent: { path: string; body: unknown }[] = [];
let plan = deletionPlan();

beforeAll(async () => {
  localStorage.setItem("consilium.language", "en");
  words = await initI18n(brand, async () => en);
});
beforeEach(() => {
  sent = [];
  plan = deletionPlan();
});
afterEach(cleanup);

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = new URL(request.url).pathname.replace("/_consilium/v1", "");
  if (path.endsWith("/deletion")) {
    if (request.method === "GET") return Response.json(plan);
    sent.push({ path, body: await request.json() });
    plan = deleted("Ms Volkova", "His letter");
    return Response.json(plan);
  }
  const nothing = { items: [], next_cursor: null, total: 0, queues: [queue({ id: "q1" })], operators: [] };
  return Response.json(nothing);
};

function Views() {
  const { dialog } = useDesk();
  const current = useReadable(dialog);
  return (
    <>
      <h1>Desk</h1>
      <PatientRights patientId="p1" />
      <DeleteDialog
        patientId={current.kind === "delete-account" ? current.patientId : null}
        onClose={() => dialog.set(NO_DIALOG)}
      />
    </>
  );
}

const Desk = () => (
  <DeskProvider>
    <Views />
  </DeskProvider>
);

async function desk(role = "supervisor"): Promise<void> {
  history.replaceState(null, "", "/patients/p1");
  const options = { baseUrl: location.origin, accessToken: () => "t", language: () => "en", fetch: service };
  const api = new StaffApi(options);
  const live = new LiveDesk(api, {
    on: () => () => undefined,
    start: () => undefined,
    stop: () => undefined,
    nudge: () => undefined,
    again: () => undefined,
    status: new Cell<StreamStatus>("open"),
  });
  await live.reload();
  const me = { user_id: "@volkova:x", role, operator: operator({ id: "o1" }) };
  const prefs = new PrefsStore(localStorage);
  const value = { api, me, desk: live, prefs, ...shortLists() } as unknown as ConsoleValue;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <BrandProvider brand={brand} words={words} app="console">
      <QueryClientProvider client={client}>
        <ConsoleContext value={value}>
          <RouterProvider router={makeRouter(Desk)} />
        </ConsoleContext>
      </QueryClientProvider>
    </BrandProvider>,
  );
  await screen.findByRole("heading", { name: "Desk" });
}

const opened = async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Delete the account…" }));
  return within(await screen.findByRole("dialog"));
};

it("nothing is deleted before the second step, and what stays is said in the first", async () => {
  await desk();
  const dialog = await opened();
  expect(await dialog.findByText(/Medical records: until/)).toBeVisible();
  expect(dialog.getByRole("button", { name: "Next" })).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox"), " His letter ");
  await userEvent.click(dialog.getByRole("button", { name: "Next" }));
  expect(sent).toEqual([]);
  await userEvent.click(dialog.getByRole("button", { name: "Delete for good" }));
  await waitFor(() =>
    expect(sent).toEqual([
      { path: "/patients/p1/deletion", body: { confirm: "delete", reason: "His letter" } },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText(/Ms Volkova deleted the account/)).toBeVisible();
  expect(screen.getByText("Reason: His letter")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Delete the account…" })).toBeNull();
});

it("where something is open it says what to end", async () => {
  plan = { ...plan, blocked: { by: "callback", consultation_id: null, callback_id: "c1" } };
  await desk();
  const dialog = await opened();
  expect(await dialog.findByRole("alert")).toHaveTextContent("finish or cancel it first");
  expect(dialog.queryByRole("textbox")).toBeNull();
});

it("an operator has neither", async () => {
  await desk("operator");
  expect(screen.queryByRole("region", { name: "Patient’s rights" })).toBeNull();
});
