/** The secret of an invitation is taken out of the address once, and kept for this tab. */
import { afterEach, expect, it } from "vitest";
import { forgetInvitation, invitationSecret, takeInvitation } from "./invitation.ts";

afterEach(() => sessionStorage.clear());

it("is kept for this tab, and gone from the address", () => {
  history.replaceState(null, "", "/invitation#abc_DEF-123");
  takeInvitation();
  expect([location.pathname, location.hash, invitationSecret()]).toEqual(["/", "", "abc_DEF-123"]);
  // The page is loaded again before the password is set.
  takeInvitation();
  expect(invitationSecret()).toBe("abc_DEF-123");
  forgetInvitation();
  expect(invitationSecret()).toBeNull();
});

it("is nothing where there is none, and where it is no secret", () => {
  for (const address of ["/invitation", "/invitation#a b", "/history#abc"]) {
    history.replaceState(null, "", address);
    takeInvitation();
    expect([address, invitationSecret()]).toEqual([address, null]);
  }
  expect(location.pathname).toBe("/history");
});
