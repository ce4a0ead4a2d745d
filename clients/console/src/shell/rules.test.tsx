/** Rules at the desk: a form that says itself in a sentence, a dry run with reasons, the log, and an alarm that stands until it is seen. */
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
import { RuleAlarms } from "../features/rules/index.ts";
import { SettingsPanel } from "../features/settings/index.ts";
import { newRule } from "../features/settings/rules/model.ts";
import settingsWords from "../locales/en.settings.json";

const said = settingsWords.brandSettings;
let sent: { path: string; body: unknown }[] = [];
let content = newRule({});
let version = 1;
let isSeen = false;

beforeAll(() => speakEnglish(settingsWords));
beforeEach(() => {
  [sent, version, isSeen] = [[], 1, false];
  content = newRule({ en: "At night", ru: "Ночью" });
});

const section = () =>
  settingsSection("rule", { section: "rule.night", title: "At night", version, is_on: content.on });

const anna = { id: "anna", name: "Anna K.", age: 30, sex: "female" };

const run = () => ({
  id: "run-1",
  at: "2026-11-20T10:00:00Z",
  rule_id: "night",
  rule_name: "At night",
  rule_version: 1,
  event: "consultation.requested",
  consultation_id: "c1",
  callback_id: null,
  patient: anna,
  done: [
    { action: "move", subject: "general", outcome: "other_circle" },
    { action: "alarm", subject: null, outcome: "done" },
  ],
  alarm: isSeen
    ? { seen_at: "2026-11-20T10:01:00Z", seen_by: { id: "volkova", name: "Vera Volkova" } }
    : { seen_at: null, seen_by: null },
});

const tried = {
  is_known: true,
  looked_at: 2,
  matched: 1,
  rows: [
    {
      consultation_id: "c1",
      callback_id: null,
      patient: anna,
      at: "2026-11-20T10:00:00Z",
      matches: true,
      findings: [{ condition: "red_flag", holds: true, found: ["true"] }],
    },
    {
      consultation_id: "c2",
      callback_id: null,
      patient: { ...anna, id: "boris", name: "Boris L." },
      at: "2026-11-19T10:00:00Z",
      matches: false,
      findings: [{ condition: "red_flag", holds: false, found: ["false"] }],
    },
  ],
};

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { searchParams } = new URL(request.url);
  const path = pathOf(request);
  if (path === "/rules/runs/run-1/seen") {
    isSeen = true;
    sent.push({ path, body: null });
    return Response.json(run());
  }
  if (request.method !== "GET") {
    const body = await request.json();
    sent.push({ path, body });
    if (path === "/rules/try") return Response.json(tried);
    version += 1;
    content = body.content;
    return Response.json({ section: section(), content });
  }
  if (path === "/rules/runs") {
    const items = searchParams.get("open_alarms") === "true" && isSeen ? [] : [run()];
    return Response.json({ items, next_cursor: null, total: items.length });
  }
  if (path.endsWith("/history")) return Response.json({ versions: [], next_before: null });
  if (path === "/settings/rule.night") return Response.json({ section: section(), content });
  const queues = [queue({ id: "general", name: "General" })];
  return emptyBoard({ queues, sections: [section()], choices: NO_CHOICES });
};

function View() {
  const { place } = useDesk();
  return (
    <>
      <RuleAlarms className="" buttonsClassName="" />
      <SettingsPanel name={place.id} />
    </>
  );
}

async function open(): Promise<void> {
  const wish = { path: "/settings/rule_night", operator: operator({ id: "volkova" }), fetch: service };
  await openDesk(View, { ...wish, role: "supervisor" });
  await screen.findByRole("form", { name: "At night" }, { timeout: 20_000 });
}

it("says the rule in a sentence while it is written, and sends it whole", async () => {
  await open();
  expect(screen.getByText("When a patient asks for a consultation: alarm supervisors.")).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText(said.rule.condition.red_flag), said.yes);
  await userEvent.selectOptions(screen.getByLabelText(said.rule.condition.hours), said.value.outside);
  await userEvent.click(screen.getByRole("switch", { name: new RegExp(said.rule.on) }));
  const sentence = /if the service does not work then and there is a red flag: alarm supervisors/;
  expect(screen.getByText(sentence)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: "/settings/rule.night",
    body: { based_on: 1, content: { on: true, conditions: { red_flag: true, hours: "outside" } } },
  });
});

it("has no fields that do not go with the event, and names what is missing", async () => {
  await open();
  await userEvent.selectOptions(screen.getByLabelText(said.rule.event), said.value.callback.overdue);
  expect(screen.queryByLabelText(said.rule.condition.red_flag)).toBeNull();
  expect(screen.queryByLabelText(said.rule.action.move_to)).toBeNull();
  await userEvent.click(screen.getByLabelText(said.rule.action.alarm));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText(said.wrong.oneAction)).toBeVisible();
  expect(sent).toEqual([]);
});

it("tries the rule as it stands in the form, and says why each fits or not", async () => {
  await open();
  await userEvent.selectOptions(screen.getByLabelText(said.rule.condition.red_flag), said.yes);
  await userEvent.click(screen.getByRole("button", { name: said.rule.try }));
  const list = await screen.findByRole("list", { name: said.rule.trial });
  expect(sent[0]).toMatchObject({
    path: "/rules/try",
    body: { last: 100, content: { conditions: { red_flag: true } } },
  });
  expect(within(list).getByText(said.rule.wouldRun)).toBeVisible();
  expect(within(list).getByText(/no, does not fit/)).toBeVisible();
  expect(screen.getByText(/It would have run 1 time: this happened 2 times among the last 2/)).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText(said.rule.condition.red_flag), said.no);
  expect(screen.getByText(new RegExp(said.rule.stale))).toBeVisible();
});

it("tells what the rule did, and what it could not do", async () => {
  await open();
  const log = await screen.findByRole("list", { name: said.rule.log });
  expect(within(log).getByText(/another history/)).toBeVisible();
  expect(within(log).getByText(said.rule.unseen)).toBeVisible();
  expect(within(log).getByRole("button", { name: "Anna K." })).toBeVisible();
});

it("alarms until somebody has seen it", async () => {
  await open();
  const alarm = await screen.findByRole("alert");
  expect(alarm).toHaveTextContent("Alarm: At night. Patient: Anna K.");
  await userEvent.click(within(alarm).getByRole("button", { name: en.understood }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(sent).toEqual([{ path: "/rules/runs/run-1/seen", body: null }]);
});
