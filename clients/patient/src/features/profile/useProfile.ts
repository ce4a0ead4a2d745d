/** The form about a person, bound to the API. */
import { ApiProblem, type Me } from "@consilium/kit/api";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import { checkProfile, fieldsOf, type ProfileErrors, type ProfileFields, patchOf } from "./model.ts";

export interface ProfileForm {
  fields: ProfileFields;
  set: <F extends keyof ProfileFields>(field: F, value: ProfileFields[F]) => void;
  errors: ProfileErrors;
  changed: boolean;
  state: "idle" | "saving" | "saved" | "failed";
  save: () => Promise<void>;
}

const FIELD_OF: Record<string, keyof ProfileFields> = {
  name: "name",
  birth_date: "birthDate",
  sex: "sex",
  phone: "phone",
  email: "email",
};

export function useProfile(me: Me): ProfileForm {
  const { api } = useSignedIn();
  const engine = useEngine();
  const client = useQueryClient();
  const before = fieldsOf(me);
  const [fields, setFields] = useState(before);
  const [errors, setErrors] = useState<ProfileErrors>({});
  const [state, setState] = useState<ProfileForm["state"]>("idle");

  const save = async () => {
    const found = checkProfile(fields, new Date().toLocaleDateString("sv"));
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setState("saving");
    try {
      const patch = patchOf(before, fields);
      const fresh = await api.updateMe(patch);
      client.setQueryData(["me"], fresh);
      setFields(fieldsOf(fresh));
      if (typeof patch.name === "string") await engine?.setDisplayName(patch.name).catch(() => undefined);
      setState("saved");
    } catch (cause) {
      setErrors(serverErrors(cause));
      setState("failed");
    }
  };

  return {
    fields,
    set: (field, value) => {
      setFields((old) => ({ ...old, [field]: value }));
      setErrors((old) => ({ ...old, [field]: undefined }));
      setState("idle");
    },
    errors,
    changed: Object.keys(patchOf(before, fields)).length > 0,
    state,
    save,
  };
}

function serverErrors(cause: unknown): ProfileErrors {
  if (!(cause instanceof ApiProblem)) return {};
  const errors: ProfileErrors = {};
  for (const { field, message } of cause.fields) {
    const known = FIELD_OF[field];
    if (known !== undefined) errors[known] = message;
  }
  return errors;
}
