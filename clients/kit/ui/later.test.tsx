import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetched } from "./later.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const isOnline = (online: boolean) => vi.spyOn(navigator, "onLine", "get").mockReturnValue(online);

/** Fails so often, and then is there. */
function failing(times: number) {
  return vi.fn(async () => {
    if (load.mock.calls.length <= times) throw new TypeError("Failed to fetch dynamically imported module");
    return "there";
  });
}
let load: ReturnType<typeof failing>;

it("fetches again at once when the network is back, however often it failed without one", async () => {
  isOnline(false);
  load = failing(5);
  const part = fetched(load, 2);
  for (let i = 0; i < 5; i += 1) {
    await vi.advanceTimersByTimeAsync(0);
    dispatchEvent(new Event("online"));
  }
  expect(await part).toBe("there");
  expect(load).toHaveBeenCalledTimes(6);
});

it("fetches again by itself, too", async () => {
  isOnline(true);
  load = failing(3);
  const part = fetched(load, Number.POSITIVE_INFINITY);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await part).toBe("there");
});

it("gives up where there is a network and it does not come", async () => {
  isOnline(true);
  load = failing(9);
  const part = fetched(load, 3);
  const refused = expect(part).rejects.toThrow("dynamically imported");
  await vi.advanceTimersByTimeAsync(20_000);
  await refused;
  expect(load).toHaveBeenCalledTimes(3);
});
