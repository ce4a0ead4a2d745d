/** Home while it comes: what stands over the services comes before them, so that nothing is moved under a finger. */
import "@testing-library/jest-dom/vitest";
import type { Answer } from "@consilium/kit/testing";
import { screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { renderSignedIn, serviceSample, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import { HomeView } from "./HomeView.tsx";

const service = serviceSample({
  hours: { time_zone: "Europe/Moscow", open: true, opens_at: null, times: [] },
});
let asked = 0;

beforeAll(() => speakEnglish());
beforeEach(() => {
  asked = 0;
});

function open(conversations: Answer) {
  signIn({
    "GET /_consilium/v1/me": { body: { name: "Anna Smith" } },
    "GET /_consilium/v1/services": () => {
      asked += 1;
      return { body: { services: [service] } };
    },
    "GET /_consilium/v1/conversations": conversations,
    "GET /_consilium/v1/callbacks": { body: { items: [], next_cursor: null, total: 0 } },
  });
  renderSignedIn(<HomeView />);
}

it("asks for the services at once, and shows them when it is known what stands over them", async () => {
  open("never");
  await waitFor(() => expect(asked).toBe(1));
  await screen.findByRole("heading", { level: 1, name: /Anna/ });
  expect(screen.queryByRole("link", { name: /General practitioner/ })).toBeNull();
  expect(screen.getByRole("status", { name: "Loading" })).toBeInTheDocument();
  expect(screen.getByRole("complementary", { name: "In an emergency" })).toHaveTextContent("112");
});

it("shows them too where what stands over them cannot be had", async () => {
  open({ status: 503, body: {} });
  expect(await screen.findByRole("link", { name: /General practitioner/ })).toBeVisible();
});
