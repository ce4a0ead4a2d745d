/** Reports and the wallboard at the desk: what the address asks for, what stands behind a number, what the figures say in words. */
import "@testing-library/jest-dom/vitest";
import type { Report, Wallboard } from "@consilium/kit/api";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { emptyBoard } from "../../testing/board-answers.ts";
import { figures } from "../../testing/figures.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk, type PretendDesk } from "../../testing/pretend-desk.tsx";
import { queue, row } from "../../testing/rows.ts";
import { EN as en } from "../../testing/words.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import type { CommandContext } from "../commands/command.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { BehindPanel, ReportsView } from "../features/reports/index.ts";
import { WallboardView } from "../features/wallboard/index.ts";

vi.mock("../features/reports/BarsOfFigure.tsx", () => ({ BarsOfFigure: () => <p>bars</p> }));

const NOW = Date.parse("2026-11-28T22:30:00Z");
let asked: URL[] = [];
let live: PretendDesk["desk"];
let answers: Record<string, unknown> = {};

const day = (key: string, change: Parameters<typeof figures>[0]) => ({
  key,
  name: null,
  figures: figures(change),
});

const REPORT: Report = {
  time_zone: "Europe/Moscow",
  group: "day",
  rows: [day("2026-11-28", { entered: 5, closed: 2 }), day("2026-11-29", { entered: 0 })],
  total: figures({
    entered: 5,
    closed: 2,
    abandonment_permille: 200,
    wait: { median_seconds: 200, p90_seconds: 400 },
    on_duty_seconds: 3600,
  }),
};
const BEFORE: Report = { ...REPORT, rows: [], total: figures({ entered: 4, abandonment_permille: 250 }) };

const BOARD: Wallboard = {
  at: "2026-11-28T22:30:00Z",
  queues: [
    {
      queue: queue({ id: "q1", name: "Therapist", waiting: 2, oldest_waiting_since: "2026-11-28T22:20:00Z" }),
      today: figures({ entered: 9, answered: 7, wait: { median_seconds: 60, p90_seconds: 90 } }),
    },
    {
      queue: queue({
        id: "q2",
        name: "Paediatrician",
        waiting: 1,
        operators_online: 0,
        oldest_waiting_since: "2026-11-28T22:29:00Z",
      }),
      today: figures(),
    },
  ],
  operators: [{ status: "online", operators: 3 }],
  calls: 1,
  today: figures({ entered: 9, answered: 7 }),
};

beforeAll(() => speakEnglish());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  asked = [];
  answers = {};
});
afterEach(() => void vi.useRealTimers());

/** The service: each question is remembered; the report of days before the period is another one. */
const service: typeof fetch = async (input) => {
  const url = new URL(String(input));
  asked.push(url);
  const path = url.pathname.replace("/_consilium/v1", "");
  const given = answers[path];
  if (given instanceof Response) return given.clone();
  if (given !== undefined) return Response.json(given);
  if (path === "/reports/consultations")
    return Response.json((url.searchParams.get("to") ?? "") < "2026-11-25" ? BEFORE : REPORT);
  if (path === "/reports/now") return Response.json(BOARD);
  return emptyBoard();
};

const CONTEXT = { role: "supervisor", section: "wallboard", target: null, callback: null } as CommandContext;

function Commanded() {
  const { place } = useDesk();
  return (
    <CommandsProvider context={CONTEXT} effects={{} as never} singleKeys={false} bindings={{}}>
      {place.section === "wallboard" ? <WallboardView /> : <ReportsView />}
      {place.section === "reports" && place.id !== null && <BehindPanel id={place.id} />}
    </CommandsProvider>
  );
}

async function desk(path: string): Promise<void> {
  ({ desk: live } = await openDesk(Commanded, { path, role: "supervisor", fetch: service }));
  await screen.findByRole("heading", { level: 2 });
}

const questions = (path: string) =>
  asked
    .filter(({ pathname }) => pathname.endsWith(path))
    .map(({ searchParams }) => Object.fromEntries(searchParams));

it("asks for the clinic's days, which are further on than the reader's clock, and for as many before", async () => {
  await desk("/reports?period=last-30-days");
  await screen.findByRole("table");
  expect(questions("/reports/consultations")).toEqual([
    { from: "2026-10-31", to: "2026-11-29", group: "day" },
    { from: "2026-10-01", to: "2026-10-30", group: "day" },
  ]);
});

it("tells a change in words, and what there is no case of is no nought", async () => {
  await desk("/reports");
  const tiles = within(await screen.findByRole("list", { name: "Main figures" }));
  const tile = (name: string) => tiles.getByText(name).closest("li");
  await waitFor(() => expect(tile("Asked for")).toHaveTextContent("25% more"));
  expect(tile("Asked for")).toHaveTextContent("was 4");
  expect(tile("Share left waiting")).toHaveTextContent("5 points lower");
  expect(tile("Wait, median")).toHaveTextContent("3m 20s");
  expect(tile("Wait, median")).toHaveTextContent("nothing to compare with");
  expect(tile("Call-backs on time")).toHaveTextContent("—");
});

it("a number opens the consultations behind it, and the address says so", async () => {
  answers["/reports/consultations/behind"] = {
    consultations: [
      row({ id: "c1", phase: "archived", ended_at: "2026-11-28T10:00:00Z" }),
      row({ id: "c2", phase: "active" }),
      row({ id: "c3", phase: "abandoned" }),
    ],
    calls: [],
    callbacks: [],
    next_cursor: null,
    total: 3,
  };
  await desk("/reports?period=today");
  await userEvent.click(
    await screen.findByRole("button", { name: /^Asked for, Sat.*28.*: 5\. Show the consultations$/ }),
  );
  expect(location.pathname).toBe("/reports/entered~2026-11-28");
  const panel = within(await screen.findByRole("region", { name: "Asked for" }));
  expect(await panel.findByText("3")).toBeInTheDocument();
  expect(questions("/behind")[0]).toMatchObject({ figure: "entered", key: "2026-11-28", group: "day" });
});

it("a number of calls opens the calls behind it", async () => {
  answers["/reports/consultations"] = { ...REPORT, total: figures({ entered: 5, calls: 1 }) };
  answers["/reports/consultations/behind"] = {
    consultations: [],
    calls: [
      {
        id: "call1",
        patient: { id: "p1", name: "Anna K." },
        caller_side: "staff",
        caller_name: "Dr Petrova",
        participants: [],
        talked_seconds: 0,
        started_at: "2026-11-28T10:00:00Z",
        state: "ended",
        outcome: "missed",
      },
    ],
    callbacks: [],
    next_cursor: null,
    total: 1,
  };
  await desk("/reports?period=today");
  const number = await screen.findByRole("button", { name: "Calls, Whole period: 1. Show the list" });
  await userEvent.click(number);
  const panel = within(await screen.findByRole("region", { name: "Calls" }));
  expect(await panel.findByText("1")).toBeInTheDocument();
  expect(questions("/behind")[0]).toMatchObject({ figure: "calls", group: "day" });
});

it("days that make no report are told, and not asked for", async () => {
  await desk("/reports?period=custom&from=2026-11-20&to=2026-11-02");
  expect(await screen.findByRole("alert")).toHaveTextContent("The last day is before the first.");
  expect(questions("/reports/consultations")).toEqual([]);
  expect(screen.getByRole("button", { name: "Download CSV" })).toBeDisabled();
});

it("a definition is opened by the keyboard", async () => {
  await desk("/reports");
  const tiles = within(await screen.findByRole("list", { name: "Main figures" }));
  tiles.getByRole("button", { name: "Occupancy" }).focus();
  await userEvent.keyboard("{Enter}");
  // This browser has no layout and hides what floats.
  const definition = await screen.findByRole("dialog", { hidden: true });
  expect(definition).toHaveTextContent(/^Time on duty with at least one consultation/);
});

it("a refusal is told in words, with a way on", async () => {
  const problem = { type: "urn:consilium:problem:unavailable", title: "T", status: 503, detail: "D" };
  answers["/reports/consultations"] = Response.json(problem, { status: 503 });
  await desk("/reports?compare=off");
  expect(await screen.findByText(en.problem.unavailable.title)).toBeVisible();
  delete answers["/reports/consultations"];
  await userEvent.click(screen.getByRole("button", { name: en.tryAgain }));
  expect(await screen.findByRole("table")).toBeInTheDocument();
});

it("the wallboard says in words which queue is in trouble, and why", async () => {
  await desk("/wallboard");
  const [first, second] = await screen.findAllByRole("listitem");
  expect(first).toHaveTextContent(/Therapist.*10:00.*Longer than 5/);
  expect(second).toHaveTextContent(/Paediatrician.*Somebody waits, and nobody is online/);
});

it("a number of the wallboard leads to the list of what it counts", async () => {
  await desk("/wallboard");
  await screen.findAllByRole("listitem");
  const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
  expect(href("Waiting: 3. Show the list")).toBe("/waiting");
  expect(href("Therapist, Waiting: 2. Show the list")).toBe("/waiting?queue=q1");
  expect(href("Asked for: 9. Show the list")).toBe("/reports/entered?period=today");
  expect(href("Today 9, answered 7")).toBe("/reports/entered~q1?period=today&group=queue");
  expect(screen.queryByRole("link", { name: /^Closed/ })).toBeNull();
});

it("the wallboard is read again when something changes, once for many changes", async () => {
  await desk("/wallboard");
  await screen.findAllByRole("listitem");
  const before = questions("/reports/now").length;
  await act(async () => {
    for (const id of ["a", "b", "c"]) live.apply({ kind: "queue", queue: queue({ id }) });
  });
  await waitFor(() => expect(questions("/reports/now").length).toBe(before + 1));
});
