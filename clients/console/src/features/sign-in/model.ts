/** Sign-in failures in the operator's words. */
import type { SignInFailure } from "@consilium/kit/matrix";
import type { TFunction } from "i18next";

export function failureWords(failure: SignInFailure, t: TFunction): string {
  switch (failure.reason) {
    case "too-many-tries":
      return t("signIn.failed.too-many-tries", {
        seconds: Math.max(1, Math.ceil(failure.retryAfterMs / 1000)),
      });
    case "server":
      return t("signIn.failed.server", { detail: failure.detail });
    case "weak-password":
      return failure.detail;
    case "wrong-password":
    case "deactivated":
    case "locked":
    case "offline":
    case "login-invalid":
      return t(`signIn.failed.${failure.reason}`);
    case "login-taken":
    case "closed":
      return t("signIn.failed.wrong-password");
  }
}
