/** Two cards of one person at the desk: what a card says of others, what is chosen and sent, where it cannot be done, and who is asked nothing. */
import "@testing-library/jest-dom/vitest";
import type {
  CustomField,
  MergeCard,
  MergePreview,
  PatientCard,
  PatientDuplicates,
} from "@consilium/kit/api";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { patient } from "../../testing/rows.ts";
import { shownDialog } from "../../testing/shown-dialog.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { DismissedBar, MergeDialog, PatientPanel } from "../features/patients/index.ts";
import { useReadable } from "../live/hooks.ts";

const counts = {
  accounts: 1,
  consultations: 2,
  open_consultations: 0,
  callbacks: 0,
  persons: 0,
  consents: 0,
  notes: 0,
  files: 0,
  holds: 0,
};
let sent: { path: string; body: unknown }[] = [];
let obstacle: MergePreview["obstacle"];
/** What the service says of the other card. */
let beside: PatientDuplicates;

beforeAll(() => speakEnglish());
beforeEach(() => {
  sent = [];
  obstacle = null;
  beside = SUGGESTED;
});

const OTHER = patient({ id: "p2", name: "Anna Oblonskaya" });
const SUGGESTED: PatientDuplicates = {
  duplicates: [{ patient: OTHER, because: ["phone"] }],
  dismissed: [],
};
const SAID = { at: "2026-11-20T10:00:00Z", by: { id: "o2", name: "Dr Sokolov" } };
const DISMISSED: PatientDuplicates = { duplicates: [], dismissed: [{ patient: OTHER, ...SAID }] };

function allergies(value: string): CustomField {
  const about = { id: "allergies", name: "Allergies", filled_by: "staff" } as const;
  return { ...about, type: "text", options: [], value, required: false };
}

function side(id: string, name: string, phone: string): { card: MergeCard; counts: typeof counts } {
  const card = {
    patient_id: id,
    user_id: `@${id}:x`,
    name,
    birth_date: null,
    sex: null,
    phone,
    email: null,
    insurance: null,
    external_id: null,
    fields: [allergies(id === "p1" ? "Pollen" : "Penicillin")],
    created_at: "2026-01-01T00:00:00Z",
  };
  return { card, counts };
}

const card = (): PatientCard => ({
  ...patient({ id: "p1", name: "Anna Karenina" }),
  conversations: [],
  consultations: [],
  consents: [],
  merged: [],
  ...beside,
  persons: [],
  fields: [],
  insurance: null,
  external_id: null,
  external_ids: [],
  deleted_at: null,
});

const preview = (leading: string): MergePreview => {
  const both = [side("p1", "Anna Karenina", "+71"), side("p2", "Anna Oblonskaya", "+72")] as const;
  const [one, other] = leading === "p1" ? both : [both[1], both[0]];
  const differing: MergePreview["differing"] = ["name", "phone"];
  return {
    leading: one,
    merged: other,
    differing,
    suggested: [],
    differing_fields: ["allergies"],
    suggested_fields: [],
    dismissed: beside.dismissed.length > 0 ? SAID : null,
    obstacle,
    seen: `seen ${leading}`,
  };
};

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  if (path === "/patients/p1/dismissed-duplicates/p2") {
    sent.push({ path, body: request.method });
    beside = request.method === "PUT" ? DISMISSED : SUGGESTED;
    return Response.json(beside);
  }
  const found = /^\/patients\/(\w+)(\/merges)?(\/preview)?$/.exec(path);
  if (found !== null && request.method === "POST") {
    sent.push({ path, body: await request.json() });
    return Response.json({}, { status: 201 });
  }
  if (found?.[3] !== undefined) return Response.json(preview(found[1] ?? ""));
  if (found !== null) return Response.json(card());
  return emptyBoard();
};

function Views() {
  const { dialog } = useDesk();
  const current = useReadable(dialog);
  return (
    <>
      <h1>Desk</h1>
      <PatientPanel id="p1" />
      <MergeDialog
        wish={current.kind === "merge" ? current.wish : null}
        onClose={() => dialog.set(NO_DIALOG)}
      />
      <DismissedBar />
    </>
  );
}

async function desk(role: "operator" | "supervisor" = "supervisor"): Promise<void> {
  await openDesk(Views, { path: "/patients/p1", role, fetch: service });
  await screen.findByRole("heading", { name: "Desk" });
}

const opened = async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Compare with Anna Oblonskaya" }));
  return within(await shownDialog());
};

it("what was chosen is sent over what was seen, with a reason", async () => {
  await desk();
  const region = await screen.findByRole("region", { name: "May be the same person" });
  expect(within(region).getByText("the same phone")).toBeVisible();
  const dialog = await opened();
  await userEvent.click(await dialog.findByRole("radio", { name: "Anna Oblonskaya" }));
  expect(dialog.getByText(/Lists show one card, Anna Oblonskaya/)).toBeVisible();
  expect(dialog.getByRole("button", { name: "Merge the cards" })).toBeDisabled();
  await userEvent.type(dialog.getByRole("textbox"), " One voice ");
  await userEvent.click(dialog.getByRole("button", { name: "Merge the cards" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.path).toBe("/patients/p1/merges");
  expect(sent[0]?.body).toMatchObject({
    merged_id: "p2",
    taken: ["name"],
    taken_fields: [],
    reason: "One voice",
    seen: "seen p1",
  });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it("the other card can be the one that stays", async () => {
  await desk();
  const dialog = await opened();
  await userEvent.click(await dialog.findByRole("button", { name: "The other card stays" }));
  const stays = await dialog.findByRole("region", { name: "This card stays" });
  await waitFor(() => expect(within(stays).getByRole("heading")).toHaveTextContent("Anna Oblonskaya"));
});

it("where it cannot be done it says why, and asks for nothing", async () => {
  obstacle = "leads_others";
  await desk();
  const dialog = await opened();
  expect(await dialog.findByRole("alert")).toHaveTextContent("shows other accounts itself");
  expect(dialog.queryByRole("textbox")).toBeNull();
  expect(dialog.getByRole("button", { name: "The other card stays" })).toBeVisible();
});

it("an operator sees that they may be one and merges nothing", async () => {
  await desk("operator");
  expect(await screen.findByRole("region", { name: "May be the same person" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Compare with Anna Oblonskaya" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Merge with another card…" })).toBeNull();
});

it("the value of an own field is chosen too, and this card's holds until then", async () => {
  await desk();
  const dialog = await opened();
  expect(await dialog.findByRole("radio", { name: "Pollen" })).toBeChecked();
  await userEvent.click(dialog.getByRole("radio", { name: "Penicillin" }));
  await userEvent.type(dialog.getByRole("textbox"), "One voice");
  await userEvent.click(dialog.getByRole("button", { name: "Merge the cards" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toMatchObject({ taken: [], taken_fields: ["allergies"] });
});

it("an operator says that they are two people, and the card says who said so", async () => {
  await desk("operator");
  await userEvent.click(await screen.findByRole("button", { name: "These are two people: Anna Oblonskaya" }));
  const said = await screen.findByRole("region", { name: "Look alike, but are two people" });
  expect(within(said).getByText(/^Said by Dr Sokolov/)).toBeVisible();
  expect(within(said).getByText(/can still merge them by hand/)).toBeVisible();
  expect(screen.queryByRole("region", { name: "May be the same person" })).toBeNull();
});

it("one press takes it back", async () => {
  await desk("operator");
  await userEvent.click(await screen.findByRole("button", { name: "These are two people: Anna Oblonskaya" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual(["PUT", "DELETE"]));
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "Look alike, but are two people" })).toBeNull(),
  );
  expect(await screen.findByRole("region", { name: "May be the same person" })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
});

it("what was said long ago is taken back on the card", async () => {
  beside = DISMISSED;
  await desk("operator");
  await userEvent.click(await screen.findByRole("button", { name: "Suggest again: Anna Oblonskaya" }));
  expect(await screen.findByRole("region", { name: "May be the same person" })).toBeVisible();
  expect(sent.map(({ body }) => body)).toEqual(["DELETE"]);
});

it("whoever merges two who were said to be two people is told, and may", async () => {
  beside = { duplicates: SUGGESTED.duplicates, dismissed: DISMISSED.dismissed };
  await desk();
  const dialog = await opened();
  expect(await dialog.findByRole("note")).toHaveTextContent(/Dr Sokolov said that these are two people/);
  await userEvent.type(dialog.getByRole("textbox"), "One voice");
  expect(dialog.getByRole("button", { name: "Merge the cards" })).toBeEnabled();
});
