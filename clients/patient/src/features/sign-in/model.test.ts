import { expect, it } from "vitest";
import { checkFields, refusalOf } from "./model.ts";

const fields = { name: "Anna", login: "anna", password: "long enough", consent: true };

it("lets a complete form through", () => {
  expect(checkFields("register", fields, true)).toEqual({});
  expect(checkFields("sign-in", { ...fields, name: "" }, true)).toEqual({});
});

it("asks for a login that a person can type again", () => {
  expect(checkFields("register", { ...fields, login: "Анна" }, true).login).toBe("signIn.error.loginShape");
  expect(checkFields("register", { ...fields, login: "Anna" }, true).login).toBeUndefined();
  expect(checkFields("sign-in", { ...fields, login: "@anna:clinic.example" }, true).login).toBeUndefined();
});

it("asks for a longer password only when one is chosen, not when one is repeated", () => {
  expect(checkFields("register", { ...fields, password: "short" }, true).password).toBe(
    "signIn.error.passwordShort",
  );
  expect(checkFields("sign-in", { ...fields, password: "short" }, true).password).toBeUndefined();
});

it("says a wrong password at the password and a waiting time in whole seconds", () => {
  expect(refusalOf({ reason: "wrong-password" })).toEqual({ at: "password", key: "signIn.error.wrong" });
  expect(refusalOf({ reason: "too-many-tries", retryAfterMs: 1_200 })).toMatchObject({
    at: "form",
    seconds: 2,
  });
});

it("makes no account without the consent that the partner asks for", () => {
  expect(checkFields("register", { ...fields, consent: false }, true).consent).toBe("signIn.error.consent");
  expect(checkFields("register", { ...fields, consent: false }, false)).toEqual({});
  expect(checkFields("sign-in", { ...fields, consent: false }, true)).toEqual({});
});
