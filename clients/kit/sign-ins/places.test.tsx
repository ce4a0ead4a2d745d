/** The list of sign-ins: this place cannot be ended here, another one is after the password, and a refusal stands at it. */
import "@testing-library/jest-dom/vitest";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import en from "../brand/locales/en.signins.json" with { type: "json" };
import type { EndOutcome, SignInPlace } from "../matrix/sign-ins.ts";
import { renderWithKit } from "../testing/render.tsx";
import { SignInPlaces } from "./SignInPlaces.tsx";

const words = en.signIns;
const HERE: SignInPlace = { id: "H", name: "Firefox, Linux", lastSeenAt: Date.now(), isHere: true };
const PHONE: SignInPlace = { id: "P", name: "Chrome, Android", lastSeenAt: Date.now(), isHere: false };
const OLD: SignInPlace = { id: "O", name: null, lastSeenAt: null, isHere: false };

afterEach(cleanup);

/** A server with these places, where what is ended goes. */
function server(places: SignInPlace[], outcomes: EndOutcome[] = ["done"]) {
  let left = places;
  const list = vi.fn(async () => left);
  const end = vi.fn(async (ids: readonly string[], _password: string) => {
    const outcome = outcomes.shift() ?? "done";
    if (outcome === "done") left = left.filter(({ id }) => !ids.includes(id));
    return outcome;
  });
  return { list, end };
}

async function prove(password: string): Promise<void> {
  await userEvent.type(screen.getByLabelText(words.password), password);
  await userEvent.click(screen.getByRole("button", { name: words.submit }));
}

it("names this place and the others, and offers to end the others alone", async () => {
  renderWithKit(<SignInPlaces wire={server([HERE, PHONE, OLD])} />);
  const [here, phone, old] = await screen.findAllByRole("listitem");
  if (here === undefined || phone === undefined || old === undefined) throw new Error("three places");
  expect(here).toHaveTextContent(words.here);
  expect(within(here).queryByRole("button")).toBeNull();
  expect(phone).toHaveTextContent(words.seen.now);
  expect(within(phone).getByRole("button")).toHaveAccessibleName("Sign out there: Chrome, Android");
  expect(old).toHaveTextContent(words.unknown);
});

it("ends one place after the password, and says a wrong one where it is typed", async () => {
  const wire = server([HERE, PHONE, OLD], ["wrong-password", "done"]);
  renderWithKit(<SignInPlaces wire={wire} />);
  await userEvent.click(await screen.findByRole("button", { name: "Sign out there: Chrome, Android" }));
  expect(screen.getByText(words.why)).toBeVisible();
  await prove("guess");
  expect(await screen.findByText(words.error["wrong-password"])).toBeVisible();
  await userEvent.clear(screen.getByLabelText(words.password));
  await prove("secret");
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(words.done));
  expect(wire.end.mock.calls).toEqual([
    [["P"], "guess"],
    [["P"], "secret"],
  ]);
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(2));
});

it("ends all the others at once", async () => {
  const wire = server([HERE, PHONE, OLD]);
  renderWithKit(<SignInPlaces wire={wire} />);
  await userEvent.click(await screen.findByRole("button", { name: words.endOthers }));
  await prove("secret");
  expect(await screen.findByText(words.onlyHere)).toBeVisible();
  expect(wire.end).toHaveBeenCalledWith(["P", "O"], "secret");
});

it("says that it could not look, and looks again when asked", async () => {
  const wire = server([HERE]);
  wire.list.mockRejectedValueOnce(new TypeError("no network"));
  renderWithKit(<SignInPlaces wire={wire} />);
  await userEvent.click(await screen.findByRole("button", { name: words.again }));
  expect(await screen.findByText(words.onlyHere)).toBeVisible();
});
