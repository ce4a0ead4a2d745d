/** What stands in the fields of a consultation: asked for once, and again whenever somebody filled them in. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { CONSULTATION_FIELDS, useFieldsSetUp } from "../../live/fields.ts";
import { useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

export function fieldsKey(id: string | null) {
  return [CONSULTATION_FIELDS, id] as const;
}

export function useFields(id: string | null) {
  const { api } = useConsole();
  const client = useQueryClient();
  const changedAt = useRow(id)?.fields_changed_at;
  useFieldsSetUp();
  useEffect(() => {
    if (changedAt !== undefined) void client.invalidateQueries({ queryKey: fieldsKey(id) });
  }, [client, id, changedAt]);
  return useQuery({
    queryKey: fieldsKey(id),
    queryFn: async () => (await api.consultation(id ?? "")).fields,
    enabled: id !== null,
    staleTime: 30_000,
  });
}
