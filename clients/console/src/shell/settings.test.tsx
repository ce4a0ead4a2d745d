/** Settings at the desk: a form over the version that was read, wrong times named beside the day, a conflict that loses nothing, undoing. */
import "@testing-library/jest-dom/vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { NO_CHOICES, settingsSection } from "../../testing/mock-settings.ts";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { operator, queue } from "../../testing/rows.ts";
import { EN as en } from "../../testing/words.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { SettingsPanel } from "../features/settings/index.ts";
import { queueSettings } from "../features/settings/new-queue.ts";
import settingsWords from "../locales/en.settings.json";

const said = settingsWords.brandSettings;
let sent: { method: string; path: string; body: unknown }[] = [];
let refusal: Response | null = null;
let content = queueSettings();
let version = 1;

beforeAll(() => speakEnglish(settingsWords));
beforeEach(() => {
  [sent, refusal, version] = [[], null, 1];
  content = { ...queueSettings(), hours: [{ days: ["monday"], from: "09:00:00", to: "18:00:00" }] };
});

const section = () => settingsSection("queue", { section: "queue.general", title: "General", version });

const past = () => ({
  version,
  at: "2026-11-20T10:00:00Z",
  by: { id: "volkova", name: "Vera Volkova" },
  note: null,
  restores: null,
  removed: false,
  differences: [{ field: "priority", before: 50, after: 60 }],
});

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  if (request.method !== "GET") {
    const body = await request.json();
    sent.push({ method: request.method, path, body });
    if (refusal !== null) return refusal.clone();
    version += 1;
    if (request.method === "PUT") content = body.content;
    return Response.json({ section: section(), content });
  }
  if (path.endsWith("/history")) return Response.json({ versions: [past()], next_before: null });
  if (path === "/settings/queue.general") return Response.json({ section: section(), content });
  return emptyBoard({ queues: [queue({ id: "general" })], sections: [section()], choices: NO_CHOICES });
};

function View() {
  const { place } = useDesk();
  return <SettingsPanel name={place.id} />;
}

async function open(): Promise<void> {
  const wish = { path: "/settings/queue_general", operator: operator({ id: "volkova" }), fetch: service };
  await openDesk(View, { ...wish, role: "supervisor" });
  // The parts come as a chunk of their own.
  await screen.findByRole("form", { name: "General" }, { timeout: 20_000 });
}

const save = () => screen.getByRole("button", { name: "Save" });
const to = () => screen.getByLabelText("Monday, time 1: to");

it("sends the whole section over the version that was read", async () => {
  await open();
  expect(save()).toBeDisabled();
  const capacity = screen.getByLabelText(said.queue.capacity, { exact: false });
  await userEvent.clear(capacity);
  await userEvent.type(capacity, "7");
  expect(screen.getByText(said.unsaved)).toBeVisible();
  await userEvent.click(save());
  await waitFor(() => expect(sent).toHaveLength(1));
  const [{ method, path, body } = { method: "", path: "", body: null }] = sent;
  expect([method, path]).toEqual(["PUT", "/settings/queue.general"]);
  expect(body).toMatchObject({ based_on: 1, content: { capacity: 7, hours: [{ from: "09:00:00" }] } });
  await waitFor(() => expect(save()).toBeDisabled());
});

it("names times that end before they begin beside their day, and sends nothing", async () => {
  await open();
  await userEvent.clear(to());
  await userEvent.type(to(), "08:00");
  await userEvent.click(save());
  const monday = screen.getByRole("listitem", { name: "Monday" });
  expect(within(monday).getByText(said.wrong.laterEnd)).toBeVisible();
  expect(sent).toEqual([]);
});

it("says who was faster, keeps what was typed, and loads theirs when asked", async () => {
  await open();
  const problem = { type: "urn:consilium:problem:conflict", title: "", status: 409, detail: "" };
  refusal = Response.json({ ...problem, changed_by: { id: "o", name: "Oleg Orlov" } }, { status: 409 });
  const icon = screen.getByLabelText(said.queue.icon, { exact: false });
  await userEvent.clear(icon);
  await userEvent.type(icon, "heart");
  await userEvent.click(save());
  expect(await screen.findByText(/Oleg Orlov/)).toBeVisible();
  expect(icon).toHaveValue("heart");
  [refusal, version] = [null, 2];
  await userEvent.click(screen.getByRole("button", { name: said.takeTheirs }));
  await waitFor(() => expect(icon).toHaveValue("message-circle"));
});

it("shows a refusal of the service at its field", async () => {
  await open();
  const errors = [{ field: "time_zone", message: "No such zone." }];
  const problem = { type: "urn:consilium:problem:invalid", title: "", status: 422, detail: "", errors };
  refusal = Response.json(problem, { status: 422 });
  const zone = screen.getByLabelText(said.queue.timeZone, { exact: false });
  await userEvent.type(zone, "Mars/Base");
  await userEvent.click(save());
  expect(await screen.findByText("No such zone.")).toBeVisible();
});

it("tells what a version changed, and undoes it", async () => {
  await open();
  expect(await screen.findByText("Priority", { selector: "dt" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: en.changes.undo }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: "/settings/queue.general/restore",
    body: { based_on: 1, version: 0 },
  });
});
