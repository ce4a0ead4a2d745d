/** Macros at the desk, by keys alone: found, shown step by step, run once; refused in words; made by supervisors. */
import "@testing-library/jest-dom/vitest";
import type { Macro, MacroContent, Tag } from "@consilium/kit/api";
import type { MessageEnd, Timeline } from "@consilium/kit/matrix";
import { type Answer, type Answers, refusal } from "@consilium/kit/testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { boardAnswers } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk, pretendEngine } from "../../testing/pretend-desk.tsx";
import { detail, lead, operator, queue, row } from "../../testing/rows.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { MacroDialog, MacroSettingsDialog } from "../features/macro/index.ts";
import { useReadable } from "../live/hooks.ts";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

const PETROVA = { id: "o1", name: "Irina Petrova" };
const SOKOLOV = { id: "o2", name: "Pyotr Sokolov" };
const FILE = { id: "f1", name: "Leaflet.pdf", media_type: "application/pdf", size_bytes: 2_000 };
const RUN = "/_consilium/v1/consultations/1/macros/m1";
const CONTENT: MacroContent = {
  title: "Send to the dentist",
  shortcut: "teeth",
  queues: [],
  texts: { en: "A dentist will answer, {{patient.name}}." },
  remove_tags: [],
  add_tags: ["t1"],
  note: "Was asked for a picture",
  files: [],
  mentions: [],
  ending: { kind: "transfer", queue_id: "q2", note: "Look at the tooth" },
};
const TAG: Tag = {
  id: "t1",
  version: 1,
  name: "Pain",
  names: { en: "Pain" },
  color: "danger",
  archived: false,
  changed_at: "2026-11-28T12:00:00Z",
  changed_by: PETROVA,
};

/** What was asked of the service and said in the room, in order. */
let order: string[] = [];
let bodies: Record<string, unknown>[] = [];
let checked: Answer;
let ran: Answer;
let end: MessageEnd = "sent";

function macro(change: Partial<MacroContent> = {}): Macro {
  return {
    id: "m1",
    version: 4,
    content: { ...CONTENT, ...change },
    archived: false,
    changed_at: "2026-11-28T12:00:00Z",
    changed_by: PETROVA,
  };
}

function answers(patient: string): Answers {
  const talk = row({ id: "1", phase: "active", participants: [lead("o1")], queue: { id: "q1", name: "GP" } });
  const asked = (what: string, answer: () => Answer) => (body: unknown) => {
    order.push(what);
    bodies.push(body as Record<string, unknown>);
    return answer();
  };
  return {
    ...boardAnswers({
      rows: [{ ...talk, patient: { ...talk.patient, name: patient } }],
      queues: [queue({ id: "q1", name: "GP" }), queue({ id: "q2", name: "Dentist" })],
      operators: [operator(PETROVA), operator(SOKOLOV)],
    }),
    [`POST ${RUN}/check`]: asked("check", () => checked),
    [`POST ${RUN}`]: asked("run", () => ran),
    "GET /_consilium/v1/files/f1": asked("fetch", () => ({ body: "%PDF" })),
    "POST /_consilium/v1/files": asked("keep", () => ({ status: 201, body: FILE })),
    "POST /_consilium/v1/macros": asked("make", () => ({ status: 201, body: macro() })),
  };
}

beforeAll(() => speakEnglish());
beforeEach(() => {
  order = [];
  bodies = [];
  checked = { status: 204, body: null };
  ran = { body: detail({ id: "1", phase: "queued" }) };
  end = "sent";
});

function Commanded() {
  const { dialog } = useDesk();
  const current = useReadable(dialog);
  const close = () => dialog.set(NO_DIALOG);
  return (
    <CommandsProvider context={useCommandContext()} effects={useCommandEffects()} singleKeys bindings={{}}>
      <h1>Desk</h1>
      <button type="button" onClick={() => dialog.set({ kind: "macro-settings" })}>
        Settings
      </button>
      <MacroDialog wish={current.kind === "macro" ? current : null} onClose={close} />
      <MacroSettingsDialog opened={current.kind === "macro-settings"} onClose={close} />
    </CommandsProvider>
  );
}

async function desk(macros: Macro[], patient = "Anna Kuznetsova"): Promise<void> {
  const engine = pretendEngine();
  const timeline: Pick<Timeline, "deliverText" | "deliverFile" | "cancel" | "close"> = {
    deliverText: async ({ text }) => {
      order.push(`say ${text}`);
      return end;
    },
    deliverFile: async (file) => {
      order.push(`send ${file.name}`);
      return end;
    },
    cancel: async () => undefined,
    close: () => undefined,
  };
  vi.spyOn(engine, "timeline").mockReturnValue(timeline as ReturnType<typeof engine.timeline>);
  await openDesk(Commanded, {
    path: "/mine/1",
    role: "supervisor",
    operator: operator(PETROVA),
    answers: answers(patient),
    engine,
    lists: { macros, tags: [TAG] },
  });
  await screen.findByRole("heading", { name: "Desk" });
}

/** By keys: which one, then its preview. */
async function preview(): Promise<HTMLElement> {
  await userEvent.keyboard("{Shift>}m{/Shift}");
  const field = await screen.findByRole("textbox", { name: "Find a macro" });
  await waitFor(() => expect(field).toHaveFocus());
  await userEvent.keyboard("/tee{Enter}");
  return screen.findByRole("dialog", { name: /^Send to the dentist:/ });
}

it("is found, shown step by step and run with keys alone, its text before everything else", async () => {
  await desk([macro()]);
  const dialog = await preview();
  const steps = within(dialog)
    .getAllByRole("listitem")
    .filter((item) => item.dataset.kind !== undefined);
  expect(steps.map((step) => step.dataset.kind)).toEqual(["text", "add_tags", "note", "transfer"]);
  expect(within(dialog).getByRole("textbox")).toHaveValue("A dentist will answer, Anna Kuznetsova.");
  expect(within(dialog).getByText("Pain")).toBeVisible();
  expect(within(dialog).getByText("Hand on to “Dentist”")).toBeVisible();
  await waitFor(() => expect(order).toEqual(["check"]));
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Run" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(order).toEqual(["check", "check", "say A dentist will answer, Anna Kuznetsova.", "run"]);
  expect(bodies.at(-1)).toMatchObject({ version: 4 });
});

it("names the step that is not possible, and neither says nor does anything", async () => {
  checked = refusal("conclusion-required", 409, { macro_step: "close" });
  await desk([macro({ ending: { kind: "close", note: null } })]);
  const dialog = await preview();
  const alert = await within(dialog).findByRole("alert");
  expect(alert).toHaveTextContent("Nothing was done: “close” is not possible.");
  expect(within(dialog).getByRole("button", { name: "Run" })).toBeDisabled();
  expect(order).toEqual(["check"]);
});

it("says when only the message went out, and does the rest without saying it again", async () => {
  ran = refusal("conflict", 409, { macro_step: "transfer" });
  await desk([macro()]);
  const dialog = await preview();
  await userEvent.click(within(dialog).getByRole("button", { name: "Run" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("The message has gone out.");
  expect(within(dialog).getByRole("textbox")).toHaveAttribute("readonly");
  ran = { body: detail({ id: "1", phase: "queued" }) };
  const first = bodies.at(-1);
  await userEvent.click(within(dialog).getByRole("button", { name: "Do the rest" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(order.filter((each) => each.startsWith("say"))).toHaveLength(1);
  expect(bodies.at(-1)).toEqual(first);
});

it("does nothing when the message does not go out", async () => {
  end = "failed";
  await desk([macro()]);
  const dialog = await preview();
  await userEvent.click(within(dialog).getByRole("button", { name: "Run" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("The message did not go out");
  expect(order).not.toContain("run");
});

it("waits until every gap of its text is filled in", async () => {
  await desk([macro()], "");
  const dialog = await preview();
  const field = within(dialog).getByRole("textbox") as HTMLTextAreaElement;
  await waitFor(() => expect(field).toHaveFocus());
  expect(within(dialog).getByText("Fill in ‹patient’s name› before sending.")).toBeVisible();
  expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe("‹patient’s name›");
  await userEvent.keyboard("{Enter}");
  expect(order).toEqual(["check"]);
  await userEvent.clear(field);
  await userEvent.type(field, "A dentist will answer.{Enter}");
  await waitFor(() => expect(order).toContain("say A dentist will answer."));
});

it("is made by a supervisor", async () => {
  await desk([]);
  await userEvent.click(screen.getByRole("button", { name: "Settings" }));
  await userEvent.click(await screen.findByRole("button", { name: "Add a macro" }));
  await userEvent.type(
    await screen.findByRole("textbox", { name: /^Title/ }, { timeout: 20_000 }),
    "Wait for the test",
  );
  await userEvent.type(screen.getByRole("textbox", { name: /^Shortcut/ }), "test");
  const create = screen.getByRole("button", { name: "Add the macro" });
  expect(create).toBeDisabled();
  await userEvent.type(screen.getByRole("textbox", { name: "Note for colleagues" }), "Waits");
  await userEvent.click(create);
  await waitFor(() => expect(order).toEqual(["make"]));
  expect(bodies[0]).toMatchObject({
    title: "Wait for the test",
    shortcut: "test",
    note: "Waits",
    ending: null,
  });
});

it("shows files and whom its note names before it runs, and sends the files behind the text", async () => {
  await desk([macro({ files: [FILE], mentions: ["o1", "o2"], note: "@Pyotr Sokolov, look" })]);
  const dialog = await preview();
  expect(within(dialog).getByText("Leaflet.pdf")).toBeVisible();
  expect(within(dialog).getByText(/may read the notes for a time: Pyotr Sokolov$/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Run" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const sent = ["say A dentist will answer, Anna Kuznetsova.", "send Leaflet.pdf"];
  expect(order).toEqual(["check", "check", "fetch", ...sent, "run"]);
});

it("is given a file and a colleague by a supervisor", async () => {
  await desk([]);
  await userEvent.click(screen.getByRole("button", { name: "Settings" }));
  await userEvent.click(await screen.findByRole("button", { name: "Add a macro" }));
  const title = await screen.findByRole("textbox", { name: /^Title/ }, { timeout: 20_000 });
  await userEvent.type(title, "Leaflet");
  await userEvent.type(screen.getByRole("textbox", { name: /^Shortcut/ }), "leaflet");
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("there is a choice of a file");
  await userEvent.upload(input, new File(["%PDF"], "Leaflet.pdf", { type: "application/pdf" }));
  expect(await screen.findByRole("button", { name: "Take the file out: Leaflet.pdf" })).toBeVisible();
  expect(bodies[0]).toEqual({ name: "Leaflet.pdf", media_type: "application/pdf", content: "JVBERg==" });
  await userEvent.type(screen.getByRole("textbox", { name: "Note for colleagues" }), "@pyo");
  await userEvent.click(await screen.findByRole("option", { name: /^Pyotr Sokolov/ }));
  await userEvent.click(screen.getByRole("button", { name: "Add the macro" }));
  await waitFor(() => expect(order).toEqual(["keep", "make"]));
  expect(bodies[1]).toMatchObject({ files: [FILE], note: "@Pyotr Sokolov ", mentions: ["o2"] });
});
