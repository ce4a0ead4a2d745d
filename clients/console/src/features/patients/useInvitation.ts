/** The invitation of a card: read, renewed, taken back. */
import { InvitationApi, type PatientInvitation } from "@consilium/kit/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

const keyOf = (patientId: string) => ["patient-invitation", patientId] as const;

/** Asked again when the stream says that the card changed: the patient may have come. */
export function useInvitation(patientId: string) {
  const { api, desk } = useConsole();
  const client = useQueryClient();
  const told = useReadable(desk.patients.state).changed.get(patientId);
  useEffect(() => {
    if (told !== undefined) void client.invalidateQueries({ queryKey: keyOf(patientId) });
  }, [client, patientId, told]);
  return useQuery({
    queryKey: keyOf(patientId),
    queryFn: () => new InvitationApi(api.client).of(patientId),
    staleTime: 60_000,
  });
}

export function useRenewInvitation(patientId: string, onMade: (invitation: PatientInvitation) => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => new InvitationApi(api.client).renew(patientId),
    onSuccess: (invitation) => {
      onMade(invitation);
      return client.invalidateQueries({ queryKey: keyOf(patientId) });
    },
  });
}

export function useTakeBackInvitation(patientId: string, onDone: () => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => new InvitationApi(api.client).takeBack(patientId),
    onSuccess: (state) => {
      onDone();
      client.setQueryData(keyOf(patientId), state);
    },
  });
}
