/** Saved views at the desk: kept under a name, altered, copied, put in order, removed and taken back; an address that names what is gone. */
import "@testing-library/jest-dom/vitest";
import type { SavedView } from "@consilium/kit/api";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { emptyBoard, pathOf } from "../../testing/board-answers.ts";
import { speakEnglish } from "../../testing/in-console.tsx";
import { openDesk, type PretendDesk } from "../../testing/pretend-desk.tsx";
import { operator, queue } from "../../testing/rows.ts";
import { shownDialog } from "../../testing/shown-dialog.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import type { CommandContext, CommandEffects } from "../commands/command.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { RemovedView, SaveViewDialog, ViewBar, ViewDialog, ViewsDialog } from "../features/views/index.ts";
import { useReadable } from "../live/hooks.ts";
import { queryOf } from "../live/views.ts";

const PETROVA = { id: "o1", name: "Irina Petrova" };
let sent: { method: string; path: string; body: unknown }[] = [];

function view(change: Partial<SavedView> & { id: string }): SavedView {
  return {
    version: 1,
    name: change.id,
    section: "waiting",
    query: "queue=q1",
    order: null,
    sharing: { with: "nobody" },
    owner: PETROVA,
    changed_at: "2026-11-24T12:00:00Z",
    removed: false,
    ...change,
  };
}

const service: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const path = pathOf(request);
  if (request.method === "GET")
    return emptyBoard({ queues: [queue({ id: "q1", name: "GP" })], operators: [operator(PETROVA)] });
  const body = await request.json();
  sent.push({ method: request.method, path, body });
  if (path === "/view-order") {
    return Response.json({ views: body.view_ids.map((id: string) => view({ id })) });
  }
  const id = path === "/views" ? "new" : path.replace("/views/", "");
  return Response.json({ ...view({ id }), ...body, version: (body.version ?? 0) + 1 });
};

function Commanded() {
  const { place, dialog } = useDesk();
  const current = useReadable(dialog);
  const close = () => dialog.set(NO_DIALOG);
  const query = queryOf(place);
  const context = { keepable: true, views: 1, section: place.section } as CommandContext;
  const saveView = () => {
    if (query !== null) dialog.set({ kind: "save-view", query, name: "" });
  };
  return (
    <CommandsProvider
      context={context}
      effects={{ saveView } as CommandEffects}
      singleKeys={false}
      bindings={{}}
    >
      <h1>Desk</h1>
      <p>{query?.query}</p>
      <ViewBar />
      <button type="button" onClick={() => dialog.set({ kind: "views" })}>
        All
      </button>
      <SaveViewDialog wish={current.kind === "save-view" ? current : null} onClose={close} />
      <ViewDialog viewId={current.kind === "view" ? current.viewId : null} onClose={close} />
      <ViewsDialog opened={current.kind === "views"} onClose={close} />
      <RemovedView />
    </CommandsProvider>
  );
}

async function desk(
  path: string,
  views: SavedView[],
  role: "operator" | "supervisor" = "operator",
): Promise<PretendDesk["views"]> {
  const wish = { path, role, operator: operator(PETROVA), fetch: service, lists: { views } };
  const opened = await openDesk(Commanded, wish);
  await screen.findByRole("heading", { name: "Desk" });
  return opened.views;
}

beforeAll(() => speakEnglish());
beforeEach(() => {
  sent = [];
});

const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));

it("keeps the list on the screen under a name, and follows the view by its address alone", async () => {
  await desk("/waiting?queue=q1&sort=patient", []);
  await press("Save as a view");
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox", { name: /^Name/ }), "My GPs");
  expect(within(dialog).queryByText("Who sees it")).toBeNull();
  await userEvent.click(within(dialog).getByRole("button", { name: "Save view" }));
  await waitFor(() => expect(location.search).toBe("?view=new"));
  expect(sent.at(-1)?.body).toEqual({
    section: "waiting",
    query: "queue=q1&sort=patient",
    order: null,
    name: "My GPs",
    sharing: { with: "nobody" },
  });
  expect(await screen.findByText("My GPs")).toBeVisible();
  expect(screen.getByText("queue=q1&sort=patient")).toBeVisible();
});

it("an altered view is updated by its owner, and copied by everybody else", async () => {
  const shared = view({
    id: "theirs",
    owner: { id: "o2", name: "Vera Volkova" },
    sharing: { with: "everybody" },
  });
  await desk("/waiting?view=mine&queue=q1&sort=newest", [view({ id: "mine" }), shared]);
  expect(await screen.findByText("changed")).toBeVisible();
  await press("Update");
  await waitFor(() => expect(screen.queryByText("changed")).toBeNull());
  expect(sent.at(-1)).toMatchObject({ method: "PUT", path: "/views/mine", body: { version: 1 } });
  cleanup();
  await desk("/waiting?view=theirs", [shared]);
  expect(await screen.findByText("by Vera Volkova")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
  await press("Copy to mine");
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("textbox", { name: /^Name/ })).toHaveValue("theirs, mine");
});

it("says what is gone: the view of the address, and what a filter names", async () => {
  await desk("/waiting?view=nowhere", []);
  expect(await screen.findByText(/^This view is not there any more/)).toBeVisible();
  await press("Got it");
  await waitFor(() => expect(location.search).toBe(""));
  cleanup();
  await desk("/waiting?view=old", [view({ id: "old", query: "queue=closed" })]);
  expect(await screen.findByText("The service in this filter does not exist any more.")).toBeVisible();
});

it("goes to the list that a view is of by now", async () => {
  await desk("/waiting?view=moved", [view({ id: "moved", section: "archive", query: "days=7" })]);
  await waitFor(() => expect(location.pathname).toBe("/archive"));
  expect(await screen.findByText("days=7")).toBeVisible();
});

it("views are put in order, removed, and taken back", async () => {
  const views = await desk("/waiting?view=b", [view({ id: "a" }), view({ id: "b" })]);
  await press("All");
  await press("Move b up");
  const order = { path: "/view-order", body: { view_ids: ["b", "a"] } };
  await waitFor(() => expect(sent.at(-1)).toMatchObject(order));
  expect([...views.items.get().keys()]).toEqual(["b", "a"]);
  await press("Edit b");
  await press("Delete view");
  await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ removed: true }));
  await waitFor(() => expect(location.search).toBe(""));
  expect(await screen.findByText("“b” is deleted")).toBeVisible();
  await press("Undo");
  const back = { path: "/views/b", body: { removed: false, version: 2 } };
  await waitFor(() => expect(sent.at(-1)).toMatchObject(back));
  await waitFor(() => expect(screen.queryByText("“b” is deleted")).toBeNull());
});

it("a supervisor shares with who serves some services, and ends what a colleague shares", async () => {
  const shared = view({
    id: "theirs",
    owner: { id: "o2", name: "Vera Volkova" },
    sharing: { with: "queues", queue_ids: ["q1"] },
  });
  await desk("/waiting", [shared], "supervisor");
  await press("All");
  const dialog = within(await shownDialog());
  expect(dialog.getByText("Waiting · by Vera Volkova · shared with: GP")).toBeVisible();
  await press("Stop sharing theirs");
  const unshared = { sharing: { with: "nobody" }, name: "theirs" };
  await waitFor(() => expect(sent.at(-1)?.body).toMatchObject(unshared));
});
