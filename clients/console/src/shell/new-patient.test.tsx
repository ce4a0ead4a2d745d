/** A new patient at the desk: what is wrong is named, who looks alike is shown before, the link is there to give away, and a new one can be made. */
import "@testing-library/jest-dom/vitest";
import type { PatientInvitation, PossibleDuplicate } from "@consilium/kit/api";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { patient, queue } from "../../testing/rows.ts";
import { shownDialog } from "../../testing/shown-dialog.ts";
import { EN as en } from "../../testing/words.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { InvitationDialog, NewPatientDialog, OpenForDialog } from "../features/patients/index.ts";
import { useReadable } from "../live/hooks.ts";

const LINK = "http://clinic/invitation#secret";
const INVITATION: PatientInvitation = {
  id: "i1",
  state: "open",
  login: "temizo-4827",
  made_at: "2026-11-30T08:00:00Z",
  made_by: "Dr Petrova",
  expires_at: "2026-12-07T08:00:00Z",
  used_at: null,
  ended_at: null,
  link: LINK,
  qr: { size: 29, path: "M4 4h1v1h-1z" },
};
const ALIKE: PossibleDuplicate = { patient: patient({ id: "p2", name: "Nina O." }), because: ["phone"] };

let sent: { path: string; body: unknown }[] = [];
let duplicates: PossibleDuplicate[];

beforeAll(() => speakEnglish());
beforeEach(() => {
  sent = [];
  duplicates = [];
});

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  if (request.method === "POST") sent.push({ path, body: await request.json() });
  if (path === "/patients/check") return Response.json({ duplicates });
  if (path === "/patients" && request.method === "POST") {
    const made = { id: "p1", user_id: "@temizo-4827:x", made: true, invitation: INVITATION };
    return Response.json(made, { status: 201 });
  }
  if (path === "/patients/p1/invitation") {
    if (request.method === "POST") return Response.json({ ...INVITATION, link: `${LINK}2` }, { status: 201 });
    const state = request.method === "DELETE" ? "taken_back" : "open";
    return Response.json({ invitation: { ...INVITATION, state, link: null, qr: null }, renewable: true });
  }
  if (path === "/patients/p1/callbacks") {
    const problem = { type: "urn:consilium:problem:consents-missing", title: "x", status: 409, detail: "x" };
    return Response.json(problem, { status: 409 });
  }
  if (path === "/fields") return Response.json({ patient: [], consultation: [] });
  return emptyBoard({ queues: [queue({ id: "q1", name: "General" })] });
};

function Views() {
  const { dialog } = useDesk();
  const current = useReadable(dialog);
  const close = () => dialog.set(NO_DIALOG);
  const about = { patientId: "p1", name: "Nina" };
  return (
    <>
      <h1>Desk</h1>
      <button type="button" onClick={() => dialog.set({ kind: "new-patient" })}>
        make
      </button>
      <button type="button" onClick={() => dialog.set({ kind: "invitation", about })}>
        manage
      </button>
      <NewPatientDialog opened={current.kind === "new-patient"} onClose={close} />
      <InvitationDialog about={current.kind === "invitation" ? current.about : null} onClose={close} />
      <OpenForDialog wish={current.kind === "open-for" ? current : null} onClose={close} />
    </>
  );
}

async function desk(button: string) {
  await openDesk(Views, { path: "/patients", fetch: service });
  await userEvent.click(await screen.findByRole("button", { name: button }));
  return within(await shownDialog());
}

const made = () => sent.filter(({ path }) => path === "/patients");

it("names what is wrong, and then shows the link to give away", async () => {
  const dialog = await desk("make");
  await userEvent.click(dialog.getByRole("button", { name: "Make the card" }));
  expect(await dialog.findByText("Enter a name.")).toBeInTheDocument();
  expect(sent).toEqual([]);
  await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Nina");
  await userEvent.click(dialog.getByRole("button", { name: "Make the card" }));
  expect(await dialog.findByTestId("invitation-link")).toHaveTextContent(LINK);
  expect(dialog.getByRole("img", { name: en.invitation.qr })).toBeInTheDocument();
  expect(made()).toHaveLength(1);
  expect(made()[0]?.body).toMatchObject({ name: "Nina", phone: null, language: null });
});

it("shows who looks alike before it makes anybody", async () => {
  duplicates = [ALIKE];
  const dialog = await desk("make");
  await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Nina");
  await userEvent.click(dialog.getByRole("button", { name: "Make the card" }));
  expect(await dialog.findByRole("button", { name: "Open the card: Nina O." })).toBeInTheDocument();
  expect(made()).toEqual([]);
  await userEvent.click(dialog.getByRole("button", { name: "Make a new card all the same" }));
  expect(await dialog.findByTestId("invitation-link")).toHaveTextContent(LINK);
  expect(sent.filter(({ path }) => path === "/patients/check")).toHaveLength(1);
});

it("says that the patient has to agree first where the desk begins something", async () => {
  const dialog = await desk("make");
  await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Nina");
  await userEvent.click(dialog.getByRole("button", { name: "Make the card" }));
  await userEvent.click(await dialog.findByRole("button", { name: "Order a call-back" }));
  const ordering = await screen.findByRole("dialog", { name: "Call-back for Nina" });
  await userEvent.click(within(ordering).getByRole("combobox", { name: "Service" }));
  await userEvent.click(await screen.findByRole("option", { name: "General", hidden: true }));
  await userEvent.click(within(ordering).getByRole("button", { name: "Order" }));
  expect(await within(ordering).findByText(/has to agree to something first/)).toBeInTheDocument();
});

it("makes a new link, and takes one back", async () => {
  const dialog = await desk("manage");
  await userEvent.click(await dialog.findByRole("button", { name: "New link" }));
  expect(await dialog.findByTestId("invitation-link")).toHaveTextContent(`${LINK}2`);
  await userEvent.click(dialog.getByRole("button", { name: "Take the link back" }));
  expect(
    await dialog.findByText("The link was taken back.", undefined, { timeout: 5_000 }),
  ).toBeInTheDocument();
});
