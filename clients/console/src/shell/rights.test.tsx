/** A patient's rights at the desk: what is asked before an account is deleted, in which order, and what is said where it is not possible. */
import "@testing-library/jest-dom/vitest";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { deleted, deletionPlan } from "../../testing/mock-rights.ts";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { DeleteDialog, PatientRights } from "../features/rights/index.ts";
import { useReadable } from "../live/hooks.ts";

let sent: { path: string; body: unknown }[] = [];
let plan = deletionPlan();

beforeAll(() => speakEnglish());
beforeEach(() => {
  sent = [];
  plan = deletionPlan();
});

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  if (path.endsWith("/deletion")) {
    if (request.method === "GET") return Response.json(plan);
    sent.push({ path, body: await request.json() });
    plan = deleted("Ms Volkova", "His letter");
    return Response.json(plan);
  }
  return emptyBoard();
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

async function desk(role: "operator" | "supervisor" = "supervisor"): Promise<void> {
  await openDesk(Views, { path: "/patients/p1", role, fetch: service });
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
