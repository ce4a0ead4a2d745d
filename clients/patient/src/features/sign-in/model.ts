/** What may stand in the fields, and what a refusal means for a person. Plain functions. */
import type { SignInFailure } from "@consilium/kit/matrix";

export type Mode = "sign-in" | "register";

export interface Fields {
  name: string;
  login: string;
  password: string;
  /** Agreed to the partner's consent text; counts only where there is one. */
  consent: boolean;
}

/** Keys of the words for each field that is not right yet. */
export type FieldErrors = Partial<Record<keyof Fields, string>>;

const PASSWORD_MIN = 8;
/** User id grammar of Matrix, without the characters that a person would mistype. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/;

export function checkFields(
  mode: Mode,
  { name, login, password, consent }: Fields,
  asksConsent: boolean,
): FieldErrors {
  const errors: FieldErrors = {};
  const typed = login.trim().toLowerCase();
  if (typed === "") errors.login = "signIn.error.loginEmpty";
  else if (mode === "register" && !LOGIN.test(typed)) errors.login = "signIn.error.loginShape";
  if (password === "") errors.password = "signIn.error.passwordEmpty";
  else if (mode === "register" && password.length < PASSWORD_MIN)
    errors.password = "signIn.error.passwordShort";
  if (mode === "register" && name.trim() === "") errors.name = "signIn.error.nameEmpty";
  if (mode === "register" && asksConsent && !consent) errors.consent = "signIn.error.consent";
  return errors;
}

/** Where a refusal is shown: at a field, or above the button. */
export type Refusal = { at: keyof Fields; key: string } | { at: "form"; key: string; seconds?: number };

export function refusalOf(failure: SignInFailure): Refusal {
  switch (failure.reason) {
    case "wrong-password":
      return { at: "password", key: "signIn.error.wrong" };
    case "login-taken":
      return { at: "login", key: "signIn.error.taken" };
    case "login-invalid":
      return { at: "login", key: "signIn.error.loginShape" };
    case "weak-password":
      return { at: "password", key: "signIn.error.weak" };
    case "too-many-tries":
      return {
        at: "form",
        key: "signIn.error.tooMany",
        seconds: Math.max(1, Math.ceil(failure.retryAfterMs / 1000)),
      };
    case "closed":
      return { at: "form", key: "signIn.error.closed" };
    case "locked":
      return { at: "form", key: "signIn.error.locked" };
    case "deactivated":
      return { at: "form", key: "signIn.error.deactivated" };
    case "offline":
      return { at: "form", key: "signIn.error.offline" };
    case "server":
      return { at: "form", key: "signIn.error.server" };
  }
}
