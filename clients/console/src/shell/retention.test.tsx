/** The archive's end at the desk: the list of what goes, holds, erasure in two steps, and what is left of an erased record. */
import "@testing-library/jest-dom/vitest";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { certificate, duePage, hold, holdsOf } from "../../testing/mock-retention.ts";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { row } from "../../testing/rows.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import {
  archiveListOf,
  DueListView,
  EraseDialog,
  ErasedRecord,
  HoldDialog,
  HoldsListView,
  LiftDialog,
  PatientHolds,
} from "../features/retention/index.ts";
import { useReadable } from "../live/hooks.ts";

const talk = row({ id: "c1", phase: "archived", ended_at: "2026-11-20T10:00:00Z" });
let sent: { path: string; body: unknown }[] = [];
let refusal: Response | null = null;

beforeAll(() => speakEnglish());
beforeEach(() => {
  sent = [];
  refusal = null;
});

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { searchParams } = new URL(request.url);
  const path = pathOf(request);
  if (request.method === "POST") {
    sent.push({ path, body: await request.json() });
    if (refusal !== null) return refusal.clone();
    return Response.json(path.endsWith("/erase") ? certificate("c1", talk) : hold("h1", talk));
  }
  if (path === "/archive/due") {
    sent.push({ path, body: searchParams.get("days") });
    return Response.json(duePage([talk], Number(searchParams.get("days"))));
  }
  if (path === "/holds") return Response.json(holdsOf([talk], searchParams.get("view")));
  if (path.endsWith("/certificate")) return Response.json(certificate("c1", talk));
  return emptyBoard();
};

function Views() {
  const { place, dialog } = useDesk();
  const current = useReadable(dialog);
  const close = () => dialog.set(NO_DIALOG);
  const list = archiveListOf(place.search.state);
  return (
    <>
      {place.section === "patients" && <PatientHolds patientId={place.id ?? ""} />}
      {place.section === "archive" && list === "due" && <DueListView />}
      {place.section === "archive" && list === "holds" && <HoldsListView />}
      {place.section === "archive" && place.id !== null && <ErasedRecord id={place.id} />}
      <button
        type="button"
        onClick={() =>
          dialog.set({
            kind: "erase-record",
            wish: { consultationId: "c1", name: "Anna", about: "Therapist, 20.11.2026" },
          })
        }
      >
        Erase it
      </button>
      <HoldDialog on={current.kind === "hold" ? current.on : null} name="Anna" onClose={close} />
      <LiftDialog hold={current.kind === "lift-hold" ? current.hold : null} onClose={close} />
      <EraseDialog wish={current.kind === "erase-record" ? current.wish : null} onClose={close} />
    </>
  );
}

async function desk(path: string, role: "operator" | "supervisor" = "supervisor"): Promise<void> {
  await openDesk(Views, { path, role, fetch: service });
  await screen.findByRole("button", { name: "Erase it" });
}

it("looks a day ahead, or as far as it is told, and counts by class", async () => {
  await desk("/archive?state=due");
  const counts = within(await screen.findByRole("list", { name: "By class" }));
  expect(counts.getByText("Медицинские записи")).toBeVisible();
  expect(counts.getByText(/1 held/)).toBeVisible();
  await userEvent.click(screen.getByText("30 days"));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual(["1", "30"]));
});

it("a hold is lifted with a reason", async () => {
  await desk("/archive?state=holds");
  await userEvent.click(await screen.findByRole("button", { name: "Lift the hold" }));
  const dialog = within(await screen.findByRole("dialog"));
  const lift = dialog.getByRole("button", { name: "Lift the hold" });
  expect(lift).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox"), " The case is closed ");
  await userEvent.click(lift);
  await waitFor(() =>
    expect(sent).toEqual([{ path: "/holds/h1/lift", body: { reason: "The case is closed" } }]),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("a hold is put on all records of a patient from his card, which an operator has not", async () => {
  await desk("/patients/p1");
  await userEvent.click(await screen.findByRole("button", { name: "Put a hold on all records" }));
  await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "Case A-17");
  await userEvent.keyboard("{Tab}{Tab}{Enter}");
  await waitFor(() => expect(sent[0]?.body).toMatchObject({ patient_id: "p1", reason: "Case A-17" }));
  cleanup();
  await desk("/patients/p1", "operator");
  expect(screen.queryByRole("button", { name: "Put a hold on all records" })).toBeNull();
});

it("nothing is erased before the second step, and what is refused is said", async () => {
  await desk("/archive");
  await userEvent.click(screen.getByRole("button", { name: "Erase it" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Next" })).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox"), "Asked for it");
  await userEvent.click(dialog.getByRole("button", { name: "Next" }));
  expect(sent).toEqual([]);
  const problem = { type: "urn:consilium:problem:held", title: "Held", status: 409, detail: "Held" };
  refusal = Response.json(problem, { status: 409 });
  await userEvent.click(dialog.getByRole("button", { name: "Erase for good" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("A legal hold is on it.");
  refusal = null;
  await userEvent.click(dialog.getByRole("button", { name: "Erase for good" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent.at(-1)).toEqual({ path: "/archive/c1/erase", body: { reason: "Asked for it" } });
});

it("of an erased record the certificate is left, for operators its words", async () => {
  await desk("/archive/c1");
  expect(await screen.findByText("1 of 2 gone")).toBeVisible();
  expect(screen.getByRole("button", { name: "Download the certificate" })).toBeVisible();
  cleanup();
  await desk("/archive/c1", "operator");
  expect(await screen.findByText("This record was erased")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Download the certificate" })).toBeNull();
});
