/** What is said to who has a link. */
import { ApiProblem } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { invited, overOf, refusalOfProblem } from "./invitation-model.ts";

it("tells a link that is over from one that could not be asked about", () => {
  const over = (invitation: string) => new ApiProblem("invitation-over", 410, "over", { invitation });
  expect(["used", "expired", "taken_back"].map((state) => overOf(over(state)))).toEqual([
    "used",
    "expired",
    "taken_back",
  ]);
  expect(overOf(new ApiProblem("not-found", 404, "no"))).toBe("unknown");
  expect(overOf(new ApiProblem("offline", 0, "network"))).toBeNull();
  expect(overOf(new Error("x"))).toBeNull();
});

it("asks to mend only what the person fills in", () => {
  expect(invited({ login: "signIn.error.loginShape" })).toBeNull();
  expect(invited({ consent: "signIn.error.consent" })).toBe("consent");
  expect(invited({ consent: "x", password: "y" })).toBe("password");
});

it("says a refused password at the password, and a waiting time in whole seconds", () => {
  expect(refusalOfProblem(new ApiProblem("invalid", 422, "short"))).toEqual({
    at: "password",
    key: "signIn.error.passwordShort",
  });
  const busy = new ApiProblem("rate-limited", 429, "slow down", { retry_after_ms: 1_200 });
  expect(refusalOfProblem(busy)).toEqual({ at: "form", key: "signIn.error.tooMany", seconds: 2 });
  expect(refusalOfProblem(new ApiProblem("unavailable", 503, "later"))).toMatchObject({
    key: "signIn.error.server",
  });
});
