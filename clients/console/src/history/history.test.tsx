/** Histories: read when they are unfolded, told newest first, and the ways back. */
import "@testing-library/jest-dom/vitest";
import { ApiProblem, type SettingsHistory, type SettingsVersion } from "@consilium/kit/api";
import { useQuery } from "@tanstack/react-query";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import { renderInConsole, speakEnglish, staffApi } from "../../testing/in-console.tsx";
import { EN as en } from "../../testing/words.ts";
import { Differences } from "./Differences.tsx";
import { NumberedHistory } from "./NumberedHistory.tsx";
import { VersionFold } from "./VersionFold.tsx";

beforeAll(() => speakEnglish());

const shown = (node: ReactNode) => renderInConsole(node, { api: staffApi() });

const AT = "2026-11-24T12:00:00Z";

it("is read when it is unfolded; an earlier version goes back into the form, the newest stands in it", async () => {
  const read = vi.fn(async () => [
    { key: 2, text: "Good day" },
    { key: 1, text: "Hello" },
  ]);
  const onBringBack = vi.fn();
  shown(
    <VersionFold
      title="Who changed it"
      queryKey={["versions"]}
      read={read}
      line={({ key, text }) => ({ key, at: AT, by: "Vera Volkova", what: text })}
      onBringBack={onBringBack}
    />,
  );
  const fold = screen.getByRole("group");
  expect(read).not.toHaveBeenCalled();
  (fold as HTMLDetailsElement).open = true;
  fireEvent(fold, new Event("toggle"));
  const [newest, first] = within(await screen.findByRole("list")).getAllByRole("listitem");
  expect(newest).toHaveTextContent("Good day");
  expect(screen.getAllByRole("button", { name: en.changes.bringBack })).toHaveLength(1);
  await userEvent.click(within(first as HTMLElement).getByRole("button"));
  expect(onBringBack).toHaveBeenCalledWith({ key: 1, text: "Hello" });
});

function version(number: number, before: unknown, after: unknown): SettingsVersion {
  return {
    version: number,
    at: AT,
    by: { id: "volkova", name: "Vera Volkova" },
    note: number === 3 ? "Asked for by the clinic" : null,
    restores: null,
    removed: false,
    differences: [{ field: "priority", before, after }],
  } as SettingsVersion;
}

interface Wish {
  restore: ((version: number) => Promise<unknown>) | null;
  older?: (before: number) => Promise<SettingsHistory>;
}

const NO_MORE: SettingsHistory = { versions: [], next_before: null };

function History({ restore, older = async () => NO_MORE }: Wish) {
  const answer = useQuery<SettingsHistory>({
    queryKey: ["history"],
    queryFn: async () => ({ versions: [version(3, 50, 60), version(2, null, 50)], next_before: 2 }),
  });
  const speech = { name: (field: string) => field, value: (_: string, value: unknown) => String(value) };
  return (
    <NumberedHistory
      title="Changes"
      answer={answer}
      older={older}
      restore={restore}
      did={() => "changed"}
      tell={(differences) => <Differences differences={differences} speech={speech} />}
    />
  );
}

const history = () => screen.findByRole("region", { name: "Changes" });

it("undoes the newest by bringing back the one before it, and brings back any other", async () => {
  const restore = vi.fn(async () => undefined);
  shown(<History restore={restore} />);
  const changes = within(await history());
  expect(await changes.findByText("3. Vera Volkova: changed")).toBeVisible();
  expect(changes.getByText("Asked for by the clinic")).toBeVisible();
  await userEvent.click(changes.getByRole("button", { name: en.changes.undo }));
  await waitFor(() => expect(restore).toHaveBeenLastCalledWith(2));
  const back = changes.getByRole("button", { name: en.changes.restore });
  await waitFor(() => expect(back).toBeEnabled());
  await userEvent.click(back);
  await waitFor(() => expect(restore).toHaveBeenCalledTimes(2));
  expect(restore).toHaveBeenLastCalledWith(2);
});

it("says why a version was not brought back", async () => {
  const errors = [{ field: "priority", message: "0 to 100" }];
  const restore = async () => {
    throw new ApiProblem("invalid", 422, "See `errors`.", { errors });
  };
  shown(<History restore={restore} />);
  await userEvent.click(await screen.findByRole("button", { name: en.changes.undo }));
  expect(await screen.findByRole("alert")).toHaveTextContent("0 to 100");
});

it("shows whoever may not change it what was changed, and older versions when they are asked for", async () => {
  const older = vi.fn(async () => ({ versions: [version(1, 40, 50)], next_before: null }));
  shown(<History restore={null} older={older} />);
  await userEvent.click(await screen.findByRole("button", { name: en.changes.older }));
  expect(await screen.findByText("1. Vera Volkova: changed")).toBeVisible();
  expect(screen.queryByRole("button", { name: en.changes.undo })).toBeNull();
  expect(screen.queryByRole("button", { name: en.changes.older })).toBeNull();
});

it("strikes nothing out where nothing was before", async () => {
  shown(<History restore={null} />);
  const changes = within(await history());
  await changes.findByText("2. Vera Volkova: changed");
  const [changed, added] = (await history()).querySelectorAll("del");
  expect(changed).not.toHaveClass("unseen");
  expect(added).toHaveClass("unseen");
});
