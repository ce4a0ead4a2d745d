/** State of the sign-in form, bound to the homeserver. */
import { useBrand, useBrandText } from "@consilium/kit/brand";
import { deviceName, register, type Session, signIn } from "@consilium/kit/matrix";
import { useState } from "react";
import { checkFields, type FieldErrors, type Fields, type Mode, type Refusal, refusalOf } from "./model.ts";

export interface SignInForm {
  mode: Mode;
  setMode: (mode: Mode) => void;
  fields: Fields;
  setField: <F extends keyof Fields>(field: F, value: Fields[F]) => void;
  errors: FieldErrors;
  refusal: (Refusal & { at: "form" }) | null;
  busy: boolean;
  /** Resolves to the first field that is not right, or `null`. */
  submit: () => Promise<keyof Fields | null>;
}

export function useSignIn(onSignedIn: (session: Session, password: string) => void): SignInForm {
  const { server, features } = useBrand();
  const asksConsent = (useBrandText()("consent") ?? "") !== "";
  const [mode, setModeOnly] = useState<Mode>("sign-in");
  const [fields, setFields] = useState<Fields>({ name: "", login: "", password: "", consent: false });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<(Refusal & { at: "form" }) | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<keyof Fields | null> => {
    const found = checkFields(mode, fields, asksConsent);
    setErrors(found);
    setRefusal(null);
    const first = (["name", "login", "password", "consent"] as const).find(
      (field) => found[field] !== undefined,
    );
    if (first !== undefined) return first;
    setBusy(true);
    const request = {
      homeserverUrl: server.homeserver_url,
      login: fields.login,
      password: fields.password,
      // What the list of sign-ins calls this one.
      deviceName: deviceName(),
    };
    const result =
      mode === "register"
        ? await register({ ...request, displayName: fields.name.trim() })
        : await signIn(request);
    setBusy(false);
    if (result.ok) {
      onSignedIn(result.session, fields.password);
      return null;
    }
    const refused = refusalOf(result.failure);
    if (refused.at === "form") {
      setRefusal(refused);
      return null;
    }
    setErrors({ [refused.at]: refused.key });
    return refused.at;
  };

  return {
    mode,
    setMode: (next) => {
      if (next === "register" && !features.registration) return;
      setModeOnly(next);
      setErrors({});
      setRefusal(null);
    },
    fields,
    setField: (field, value) => {
      setFields((before) => ({ ...before, [field]: value }));
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
    errors,
    refusal,
    busy,
    submit,
  };
}
