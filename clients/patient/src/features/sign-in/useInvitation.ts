/** Whom a link invites, and coming by it: the password is set once, and then one signs in as everybody does. */
import { ConsultApi, InvitationApi, type InvitationGreeting } from "@consilium/kit/api";
import { changeLanguage, rememberedLanguage, useBrand, useBrandText } from "@consilium/kit/brand";
import { deviceName, type Session, signIn } from "@consilium/kit/matrix";
import i18next from "i18next";
import { useEffect, useMemo, useRef, useState } from "react";
import { invited, type Over, overOf, refusalOfProblem } from "./invitation-model.ts";
import { checkFields, type FieldErrors, type Fields, type Refusal, refusalOf } from "./model.ts";

export type Greeting =
  | { status: "loading" }
  | { status: "ready"; greeting: InvitationGreeting }
  | { status: "over"; why: Over }
  | { status: "failed"; retry: () => void };

function useInvitationApi(): InvitationApi {
  const { server } = useBrand();
  return useMemo(() => {
    const options = {
      baseUrl: server.consult_url,
      accessToken: () => null,
      language: () => i18next.language,
    };
    return new InvitationApi(new ConsultApi(options).client);
  }, [server.consult_url]);
}

async function greet(api: InvitationApi, secret: string): Promise<InvitationGreeting> {
  const found = await api.open(secret);
  // The desk knows which language the person speaks; who has chosen one here knows it better.
  if (found.language !== null && rememberedLanguage() === null) await changeLanguage(found.language);
  return found;
}

/** Whom the link invites. */
export function useGreeting(secret: string): Greeting {
  const api = useInvitationApi();
  const [greeting, setGreeting] = useState<Greeting>({ status: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let current = true;
    greet(api, secret).then(
      (found) => current && setGreeting({ status: "ready", greeting: found }),
      (cause: unknown) => {
        const why = overOf(cause);
        if (!current) return;
        if (why !== null) setGreeting({ status: "over", why });
        else setGreeting({ status: "failed", retry: () => setAttempt((count) => count + 1) });
      },
    );
    return () => {
      current = false;
    };
  }, [api, secret, attempt]);
  return greeting;
}

export interface AcceptForm {
  fields: Fields;
  setField: <F extends keyof Fields>(field: F, value: Fields[F]) => void;
  errors: FieldErrors;
  refusal: (Refusal & { at: "form" }) | null;
  /** The link does nothing any more. */
  over: Over | null;
  busy: boolean;
  /** Resolves to the first field that is not right, or `null`. */
  submit: () => Promise<"password" | "consent" | null>;
}

/** Sets the password and signs in. */
export function useAccept(
  secret: string,
  { name, login }: InvitationGreeting,
  onSignedIn: (session: Session, password: string) => void,
): AcceptForm {
  const api = useInvitationApi();
  const { server } = useBrand();
  const asksConsent = (useBrandText()("consent") ?? "") !== "";
  const [fields, setFields] = useState<Fields>({ name, login, password: "", consent: false });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusal, setRefusal] = useState<(Refusal & { at: "form" }) | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const [busy, setBusy] = useState(false);
  /** The password that was set, or may have been: its answer was lost. */
  const sent = useRef<string | null>(null);

  const refuse = (refused: Refusal): "password" | null => {
    if (refused.at === "form") {
      setRefusal(refused);
      return null;
    }
    setErrors({ password: refused.key });
    return "password";
  };

  const come = async (): Promise<"password" | null> => {
    const { password } = fields;
    const mayStand = sent.current === password;
    try {
      sent.current = password;
      await api.accept(secret, password);
    } catch (cause) {
      const why = overOf(cause);
      // Who set it a moment ago and heard nothing of it is not sent away.
      if (why !== null && !(why === "used" && mayStand)) {
        setOver(why);
        return null;
      }
      if (why === null) return refuse(refusalOfProblem(cause));
    }
    const result = await signIn({
      homeserverUrl: server.homeserver_url,
      login,
      password,
      // What the list of sign-ins calls this one.
      deviceName: deviceName(),
    });
    if (result.ok) {
      onSignedIn(result.session, password);
      return null;
    }
    return refuse(refusalOf(result.failure));
  };

  return {
    fields,
    setField: (field, value) => {
      setFields((before) => ({ ...before, [field]: value }));
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
    errors,
    refusal,
    over,
    busy,
    submit: async () => {
      const found = checkFields("register", fields, asksConsent);
      setErrors(found);
      setRefusal(null);
      const first = invited(found);
      if (first !== null) return first;
      setBusy(true);
      const wrong = await come();
      setBusy(false);
      return wrong;
    },
  };
}
