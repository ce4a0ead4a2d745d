/** What is known of the first steps, read again when something of it may have changed. */
import { type Checklist, type Demo, type RehearsalState, SetupApi } from "@consilium/kit/api";
import { useThrottledCallback } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

const CHECKLIST = ["setup", "checklist"];
const REHEARSAL = ["setup", "rehearsal"];
const DEMO = ["setup", "demo"];
const DOCTOR = ["setup", "doctor"];

/** Events come in bursts. Unit: milliseconds. */
const SOONEST_MS = 400;
/** A rehearsal under way is looked at also where an event was lost. Unit: milliseconds. */
const REHEARSAL_MS = 5_000;
/** So is a removal, whose steps send no events. Unit: milliseconds. */
const REMOVAL_MS = 2_000;
/** A look at the installation takes some seconds. Unit: milliseconds. */
const LOOK_MS = 1_000;

export function useSetupApi(): SetupApi {
  const { api } = useConsole();
  return useMemo(() => new SetupApi(api.client), [api]);
}

/** Reads again when one of these changed, or anything on the desk. */
function useFresh(read: () => void, whats: readonly string[]): void {
  const { desk } = useConsole();
  const soon = useThrottledCallback(read, SOONEST_MS);
  useEffect(() => {
    const stops = [
      desk.state.subscribe(soon),
      desk.onSetup((what) => (whats.includes(what) ? soon() : undefined)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [desk, soon, whats]);
}

const OF_CHECKLIST = ["checklist", "rehearsal", "demo"];
const OF_REHEARSAL = ["rehearsal"];
const OF_DEMO = ["demo"];

export function useChecklist() {
  const api = useSetupApi();
  const query = useQuery({ queryKey: CHECKLIST, queryFn: () => api.checklist() });
  useFresh(() => void query.refetch(), OF_CHECKLIST);
  return query;
}

export function useRehearsal() {
  const api = useSetupApi();
  const query = useQuery({
    queryKey: REHEARSAL,
    queryFn: () => api.rehearsal(),
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? REHEARSAL_MS : false),
  });
  useFresh(() => void query.refetch(), OF_REHEARSAL);
  const hasPassed = query.data?.rehearsal?.passed ?? false;
  const client = useQueryClient();
  // The list may have been read a moment before that.
  useEffect(() => {
    if (hasPassed) void client.invalidateQueries({ queryKey: CHECKLIST });
  }, [hasPassed, client]);
  return query;
}

function isUnderWay(state: RehearsalState | undefined): boolean {
  const rehearsal = state?.rehearsal ?? null;
  return rehearsal !== null && rehearsal.ended_at === null && !rehearsal.passed;
}

export function useDemo() {
  const api = useSetupApi();
  const query = useQuery({
    queryKey: DEMO,
    queryFn: () => api.demo(),
    refetchInterval: ({ state: { data } }) => (isGoing(data) ? REMOVAL_MS : false),
  });
  useFresh(() => void query.refetch(), OF_DEMO);
  return query;
}

function isGoing(demo: Demo | undefined): boolean {
  const removal = demo?.removal ?? null;
  return removal !== null && removal.finished_at === null;
}

/** How the installation stands; one that is being looked at is asked after. */
export function useDoctor() {
  const api = useSetupApi();
  return useQuery({
    queryKey: DOCTOR,
    queryFn: () => api.doctor(),
    refetchInterval: ({ state: { data } }) => (data?.state === "running" ? LOOK_MS : false),
  });
}

export function useExamine() {
  const api = useSetupApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.examine(),
    onSuccess: (report) => client.setQueryData(DOCTOR, report),
  });
}

/** Something is done, and what it answers is shown at once. */
export function useRehearsalAct(act: (api: SetupApi) => Promise<RehearsalState>) {
  const api = useSetupApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => act(api),
    onSuccess: (state) => {
      client.setQueryData(REHEARSAL, state);
      void client.invalidateQueries({ queryKey: CHECKLIST });
    },
  });
}

export function useMark() {
  const api = useSetupApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, done }: { item: string; done: boolean }) =>
      done ? api.mark(item) : api.unmark(item),
    onSuccess: (checklist: Checklist) => client.setQueryData(CHECKLIST, checklist),
  });
}

export function useRemoveDemo(onBegun: () => void) {
  const api = useSetupApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (confirm: string) => api.removeDemo(confirm),
    onSuccess: (demo) => {
      client.setQueryData(DEMO, demo);
      onBegun();
    },
  });
}
