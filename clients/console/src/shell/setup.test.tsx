/** The first steps at the desk: what each press asks for, what is shown of it, and what a supervisor of the demonstration cannot do. */
import "@testing-library/jest-dom/vitest";
import type { Checklist, Demo, DoctorReport, OperatorRole, RehearsalState } from "@consilium/kit/api";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { newRehearsal, operator } from "../../testing/rows.ts";
import { shownDialog } from "../../testing/shown-dialog.ts";
import { SetupView } from "../features/setup/SetupView.tsx";
import enSetup from "../locales/en.setup.json";

const AT = "2026-11-30T08:01:00Z";
const BY = { id: "o1", name: "Ms Volkova" };
let sent: string[] = [];
let rehearsal: RehearsalState;
let checklist: Checklist;
let demo: Demo;
let doctor: DoctorReport;

const LOOKED: Partial<DoctorReport> = {
  state: "done",
  by: BY,
  started_at: AT,
  ended_at: AT,
  findings: [
    { check: "disk", level: "fine", says: "There is room.", remedy: null },
    { check: "certificate", level: "broken", says: "It has ended.", remedy: "Get a new one." },
  ],
};

const BEGUN = newRehearsal({
  link: "http://127.0.0.1:8008/?rehearsal=00112233445566778899aabb",
  opened_at: AT,
});

beforeAll(() => speakEnglish(enSetup));
beforeEach(() => {
  sent = [];
  rehearsal = { rehearsal: null, passed: false, offered: true, open_registration: false };
  checklist = {
    open: 2,
    items: [
      { id: "email", state: "open", by_hand: false, marked: null, missing: [] },
      { id: "cover", state: "open", by_hand: false, marked: null, missing: ["Dentist"] },
      { id: "backups", state: "done", by_hand: true, marked: { at: AT, by: BY }, missing: [] },
    ],
  };
  doctor = { state: "never", by: null, started_at: null, ended_at: null, version: "0.1.0", findings: [] };
  demo = {
    accounts: [{ user_id: "@anna:x", name: "Anna", kind: "patient" }],
    consultations: 1,
    callbacks: 0,
    includes_you: false,
    confirm: "Yew Clinic",
    removal: null,
  };
});

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  const body = request.method === "POST" ? await request.text() : "";
  if (request.method !== "GET") sent.push(`${request.method} ${path} ${body}`.trim());
  if (path === "/rehearsal" && request.method === "POST") rehearsal = { ...rehearsal, rehearsal: BEGUN };
  if (path.startsWith("/rehearsal")) return Response.json(rehearsal);
  if (path.startsWith("/checklist")) return Response.json(checklist);
  if (path === "/doctor" && request.method === "POST") doctor = { ...doctor, ...LOOKED };
  if (path === "/doctor") return Response.json(doctor);
  if (path === "/demo/removal") {
    demo = {
      ...demo,
      accounts: [],
      removal: { begun_at: AT, begun_by: BY, accounts: 1, finished_at: null, result: null },
    };
    return Response.json(demo, { status: 202 });
  }
  if (path === "/demo") return Response.json(demo);
  return emptyBoard();
};

async function desk(role: OperatorRole = "supervisor"): Promise<void> {
  const self = operator({ id: "o1", role });
  await openDesk(SetupView, { path: "/setup", role: "supervisor", operator: self, fetch: service });
  await screen.findByRole("heading", { name: "Rehearsal" });
}

it("a rehearsal is begun by one press, and stands at the first step that has not happened", async () => {
  await desk();
  await userEvent.click(await screen.findByRole("button", { name: "Begin a rehearsal" }));
  expect(await screen.findByRole("img", { name: "Code with the address for your phone" })).toBeVisible();
  expect(sent).toEqual(["POST /rehearsal {}"]);
  const steps = within(screen.getByRole("list", { name: "Steps of the rehearsal" })).getAllByRole("listitem");
  expect(steps.map((step) => step.getAttribute("aria-current"))).toEqual([
    null,
    "step",
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(steps[1]).toHaveTextContent("consilium user create NAME --demo");
});

it("who does not want it now says so", async () => {
  await desk();
  await userEvent.click(await screen.findByRole("button", { name: "Not now" }));
  await waitFor(() => expect(sent).toEqual(["POST /rehearsal/skip {}"]));
});

it("what is open says what is missing and where it is done; what people said has their name", async () => {
  await desk();
  expect(await screen.findByText("2 things are left.")).toBeVisible();
  expect(screen.getByText(/Missing: Dentist\./)).toBeVisible();
  expect(screen.getByText(/Said by Ms Volkova,/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /^Backups, tried once: not yet/ }));
  await waitFor(() => expect(sent).toEqual(["DELETE /checklist/backups"]));
  await userEvent.click(screen.getByRole("button", { name: "An e-mail for people: go there" }));
  await waitFor(() => expect(location.pathname).toBe("/settings/contacts"));
});

it("all of the demonstration goes once the name is typed, and nothing is sent before", async () => {
  await desk();
  await userEvent.click(await screen.findByRole("button", { name: "Remove the demonstration" }));
  const dialog = within(await shownDialog());
  expect(dialog.getByText("Anna")).toBeVisible();
  expect(dialog.getByRole("button", { name: "Remove for good" })).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox"), "Yew Clinic");
  await userEvent.click(dialog.getByRole("button", { name: "Remove for good" }));
  await waitFor(() => expect(sent).toEqual(['POST /demo/removal {"confirm":"Yew Clinic"}']));
  expect(await screen.findByText(/Ms Volkova has begun to remove/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Remove the demonstration" })).toBeNull();
});

it("who is of the demonstration cannot remove it", async () => {
  demo = { ...demo, includes_you: true };
  await desk();
  expect(await screen.findByRole("button", { name: "Remove the demonstration" })).toBeDisabled();
  expect(screen.getByText(/You are one of them/)).toBeVisible();
});

it("an administrator looks at the installation, and reads the worst first with what to do", async () => {
  await desk("administrator");
  await userEvent.click(await screen.findByRole("button", { name: "Look at it now" }));
  expect(await screen.findByText(/^1 thing does not work\./)).toBeVisible();
  const found = within(screen.getByRole("list", { name: "Installation" })).getAllByRole("listitem");
  expect(found.map((one) => one.getAttribute("data-check"))).toEqual(["certificate", "disk"]);
  expect(found[0]).toHaveTextContent("Get a new one.");
  expect(screen.getByText(/Asked for by Ms Volkova,/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Copy the report" })).toBeVisible();
  expect(sent).toEqual(["POST /doctor {}"]);
});

it("who does not administer is not asked to look at it", async () => {
  await desk();
  await screen.findByRole("heading", { name: "Demonstration data" });
  expect(screen.queryByRole("heading", { name: "Installation" })).toBeNull();
});
