/** Whoever serves a service was asked, and nobody came: it stands over the desk until it is read, and the service hears that it was. */
import "@testing-library/jest-dom/vitest";
import type { QueueInvitation } from "@consilium/kit/api";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { boardAnswers } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk } from "../../testing/pretend-desk.tsx";
import { operator } from "../../testing/rows.ts";
import { EN as en } from "../../testing/words.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { InVainLines } from "../features/queue-invitation/index.ts";
import { useReadable } from "../live/hooks.ts";

const PETROVA = { id: "o1", name: "Irina Petrova" };
let seen: string[] = [];

function invitation(id: string, state: QueueInvitation["state"]): QueueInvitation {
  return {
    id,
    consultation_id: "1",
    queue: { id: "psychologist", name: "Psychologist" },
    service: { id: "q1", name: "GP" },
    role: "consultant",
    by: PETROVA,
    made_at: "2026-11-28T12:00:00Z",
    expires_at: "2026-11-28T12:02:00Z",
    state,
    accepted_by: null,
    asked: 2,
    declined: 2,
  };
}

beforeAll(() => speakEnglish());
beforeEach(() => {
  seen = [];
});

function Lines() {
  const { dialog } = useDesk();
  return (
    <>
      <InVainLines className={undefined} buttonsClassName={undefined} />
      <output>{useReadable(dialog).kind}</output>
    </>
  );
}

async function desk(...invitations: QueueInvitation[]): Promise<void> {
  const isSeen = (id: string) => () => {
    seen.push(id);
    return { body: invitation(id, "declined") };
  };
  await openDesk(Lines, {
    path: "/waiting",
    operator: operator(PETROVA),
    answers: {
      ...boardAnswers({ operators: [operator(PETROVA)] }),
      "POST /_consilium/v1/queue-invitations/i1/seen": isSeen("i1"),
      "POST /_consilium/v1/queue-invitations/i2/seen": isSeen("i2"),
    },
    lists: { queueInvitations: invitations },
  });
}

const line = (text: string) => screen.findByText(text);

it("is read by one press, which the service is told, and what stands open is no line", async () => {
  await desk(invitation("i1", "declined"), invitation("i2", "open"));
  expect(await line("Psychologist: nobody can come now.")).toBeVisible();
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: en.understood }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await waitFor(() => expect(seen).toEqual(["i1"]));
});

it("asks somebody else, and is read by that", async () => {
  await desk(invitation("i2", "expired"));
  expect(await line("Psychologist: nobody answered.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: en.askQueue.askOthers }));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("invite"));
  expect(screen.queryByRole("alert")).toBeNull();
  await waitFor(() => expect(seen).toEqual(["i2"]));
});
