/** The brand's own fields as they are set up: asked for once, and again when a supervisor changed them. */
import type { CustomFields } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConsole } from "../session/ConsoleContext.tsx";

const FIELDS = ["fields"] as const;
/** Before every key of what stands in the fields of a consultation. */
export const CONSULTATION_FIELDS = "consultation-fields";

/** As they are known, without following changes: whoever shows them does. */
export function useKnownFields(): CustomFields | undefined {
  const { api } = useConsole();
  return useQuery({ queryKey: FIELDS, queryFn: () => api.fields.all(), staleTime: 60_000 }).data;
}

/** Undefined: not loaded yet. */
export function useFieldDefinitions(): CustomFields | undefined {
  const { desk } = useConsole();
  const client = useQueryClient();
  useEffect(
    () =>
      desk.onSettings((section) => {
        if (section === "fields") void client.invalidateQueries({ queryKey: FIELDS });
      }),
    [desk, client],
  );
  return useKnownFields();
}

/** Asks again for what stands in a consultation's fields when the fields, or what its queue asks for, are set up anew. */
export function useFieldsSetUp(): void {
  const { desk } = useConsole();
  const client = useQueryClient();
  useEffect(
    () =>
      desk.onSettings((section) => {
        if (section === "fields" || section.startsWith("queue."))
          void client.invalidateQueries({ queryKey: [CONSULTATION_FIELDS] });
      }),
    [desk, client],
  );
}
