/** Parts that come later: shown at once when they are there, said where they did not come, and fetched again. */
import { act, fireEvent, render, screen } from "@testing-library/react";
import type { ComponentType } from "react";
import { expect, it, vi } from "vitest";
import { fetchParts, laterPart, missingParts } from "./parts.tsx";
import { useReadable } from "./useReadable.ts";

const LOST = new TypeError("Failed to fetch dynamically imported module");
const Named = ({ name }: { name: string }) => <p>{`part of ${name}`}</p>;

function Missing() {
  return <p>{`${useReadable(missingParts).size} missing`}</p>;
}

/** Fails so often, and then is there. */
function loader(fails: number) {
  let left = fails;
  return vi.fn(async (): Promise<ComponentType<{ name: string }>> => {
    if (left > 0) {
      left -= 1;
      throw LOST;
    }
    return Named;
  });
}

it("shows that a part is on its way, then the part, and the next time at once", async () => {
  const load = loader(0);
  const Part = laterPart(load, { waiting: <p>on its way</p> });
  const first = render(<Part name="one" />);
  expect(screen.getByText("on its way")).toBeVisible();
  expect(await screen.findByText("part of one")).toBeVisible();
  first.unmount();
  render(<Part name="two" />);
  expect(screen.getByText("part of two")).toBeVisible();
  expect(load).toHaveBeenCalledTimes(1);
});

it("says in its place that a part did not come, and fetches it again at a press", async () => {
  const Part = laterPart(loader(1), {
    failed: (problem, again) => (
      <button type="button" onClick={again}>
        {String(problem)}
      </button>
    ),
  });
  render(<Part name="one" />);
  fireEvent.click(await screen.findByRole("button", { name: String(LOST) }));
  expect(await screen.findByText("part of one")).toBeVisible();
});

it("fetches a part again when the network is back", async () => {
  const Part = laterPart(loader(1), { failed: () => <p>did not come</p> });
  render(<Part name="one" />);
  await screen.findByText("did not come");
  act(() => void dispatchEvent(new Event("online")));
  expect(await screen.findByText("part of one")).toBeVisible();
});

it("counts what has no place of its own among what is missing, as long as it is wanted and not there", async () => {
  const Part = laterPart(loader(2));
  const page = (wanted: boolean) => (
    <>
      <Missing />
      {wanted && <Part name="one" />}
    </>
  );
  const { rerender } = render(page(true));
  await screen.findByText("1 missing");
  rerender(page(false));
  expect(screen.getByText("0 missing")).toBeVisible();
  rerender(page(true));
  await screen.findByText("1 missing");
  await act(async () => {
    for (const ask of missingParts.get()) await ask();
  });
  expect(screen.getByText("part of one")).toBeVisible();
  expect(screen.getByText("0 missing")).toBeVisible();
});

it("has every part fetched before it is wanted, those too that come with another part, whatever does not come", async () => {
  laterPart(loader(1));
  const inner = loader(0);
  const Outer = laterPart(async () => {
    laterPart(inner);
    return Named;
  });
  await fetchParts();
  expect(inner).toHaveBeenCalledTimes(1);
  render(<Outer name="both" />);
  expect(screen.getByText("part of both")).toBeVisible();
});
