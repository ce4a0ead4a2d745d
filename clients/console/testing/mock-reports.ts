/** Reports of the pretend clinic: figures that look like a clinic's, the same for the same day. */
import type { Report, ReportFigures, ReportGroup, ReportRow, Wallboard } from "@consilium/kit/api";
import { figures } from "./figures.ts";
import type { MockWorld } from "./mock-world.ts";

const DAY_MS = 86_400_000;

/** Between 0 and 1, always the same for the same words. */
function chance(words: string): number {
  let hash = 2_166_136_261;
  for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return hash / 4_294_967_296;
}

function busy(seed: string, size: number, group: ReportGroup): ReportFigures {
  const roll = (what: string) => chance(`${seed} ${what}`);
  const entered = Math.round(size * (0.6 + 0.8 * roll("entered")));
  if (entered === 0) return figures(group === "queue" ? {} : { on_duty_seconds: 0 });
  const abandoned = Math.round(entered * 0.16 * roll("abandoned"));
  const answered = entered - abandoned;
  const spread = (what: string, usual: number) => {
    const half = Math.round(usual * (0.5 + roll(what)));
    return { median_seconds: half, p90_seconds: Math.round(half * (2 + 2 * roll(`${what} 90`))) };
  };
  const calls = Math.round(entered * 0.3 * roll("calls"));
  const due = Math.round(entered * 0.2 * roll("due"));
  const onTime = Math.round(due * (0.7 + 0.3 * roll("on time")));
  const promise = (what: string, of: number) => {
    const kept = Math.round(of * (0.75 + 0.25 * roll(what)));
    return { kept, broken: of - kept, kept_permille: of === 0 ? null : Math.round((kept / of) * 1000) };
  };
  const depth = group === "operator" ? null : Math.round(2 + 6 * roll("depth"));
  return figures({
    entered,
    answered,
    closed: Math.round(answered * 0.9),
    abandoned,
    abandonment_permille: Math.round((abandoned / entered) * 1000),
    wait: spread("wait", 240),
    first_response: spread("first", 70),
    handling: spread("handling", 900),
    resolution: spread("resolution", 2400),
    transfers: Math.round(entered * 0.15 * roll("transfers")),
    reopened: Math.round(entered * 0.06 * roll("reopened")),
    rated: Math.round(answered * 0.4),
    rating_permille: answered === 0 ? null : Math.round(3800 + 1100 * roll("rating")),
    response_permille: answered === 0 ? null : 444,
    sla: promise("sla", answered),
    sla_wait: promise("sla wait", answered),
    sla_first_response: promise("sla first", answered),
    sla_resolution: promise("sla close", Math.round(answered * 0.9)),
    depth_average_permille: depth === null ? null : depth * 310,
    depth_max: depth,
    calls,
    calls_completed: Math.round(calls * 0.8),
    call_seconds: calls * 380,
    call_quality: {
      measured: Math.round(calls * 0.8),
      poor: Math.round(calls * 0.05),
      loss_permille: calls === 0 ? null : Math.round(4 + 12 * roll("loss")),
      jitter_ms: calls === 0 ? null : Math.round(6 + 14 * roll("jitter")),
      round_trip_ms: calls === 0 ? null : Math.round(40 + 60 * roll("round trip")),
      freezes: Math.round(calls * 0.2),
    },
    callbacks_due: due,
    callbacks_on_time: onTime,
    callbacks_on_time_permille: due === 0 ? null : Math.round((onTime / due) * 1000),
    on_duty_seconds: group === "queue" ? null : size * 3600,
    occupancy_permille: group === "queue" ? null : Math.round(350 + 500 * roll("occupancy")),
    concurrency_permille: group === "queue" ? null : Math.round(1000 + 1500 * roll("at once")),
  });
}

function sum(rows: readonly ReportRow[], seed: string, group: ReportGroup): ReportFigures {
  const add = (of: (each: ReportFigures) => number) => rows.reduce((all, row) => all + of(row.figures), 0);
  const entered = add((each) => each.entered);
  if (entered === 0) return figures();
  const abandoned = add((each) => each.abandoned);
  return {
    ...busy(seed, entered, group),
    entered,
    answered: add((each) => each.answered),
    closed: add((each) => each.closed),
    abandoned,
    abandonment_permille: Math.round((abandoned / entered) * 1000),
    transfers: add((each) => each.transfers),
    reopened: add((each) => each.reopened),
    rated: add((each) => each.rated),
    calls: add((each) => each.calls),
    calls_completed: add((each) => each.calls_completed),
    call_seconds: add((each) => each.call_seconds),
    callbacks_due: add((each) => each.callbacks_due),
    callbacks_on_time: add((each) => each.callbacks_on_time),
  };
}

const days = (from: string, to: string): string[] => {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return Array.from({ length: (last - first) / DAY_MS + 1 }, (_, index) =>
    new Date(first + index * DAY_MS).toISOString().slice(0, 10),
  );
};

function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * DAY_MS)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

/** Keys, names and how much happens in each row. */
function parts(
  world: MockWorld,
  group: ReportGroup,
  all: readonly string[],
): [string, string | null, number][] {
  const size = world.name === "full" ? 400 : 40;
  switch (group) {
    case "hour":
      return Array.from({ length: 24 }, (_, hour) => {
        const isOpen = hour >= 8 && hour < 21;
        return [String(hour).padStart(2, "0"), null, isOpen ? (all.length * size) / 13 : 0];
      });
    case "day":
      return all.map((day) => [day, null, size]);
    case "week":
      return [...new Set(all.map(weekOf))].map((week) => [week, null, size * 7]);
    case "queue":
      return world.queues().map(({ id, name }) => [id, name, (all.length * size) / 4]);
    case "operator":
      return [
        ...[...world.operators.values()].map(
          ({ id, name }) => [id, name, (all.length * size) / 8] as [string, string, number],
        ),
        ["", null, all.length * 2],
      ];
  }
}

export function mockReport(world: MockWorld, url: URL): Report {
  const read = (name: string) => url.searchParams.get(name) ?? "";
  const group = (read("group") || "day") as ReportGroup;
  const all = days(read("from"), read("to"));
  const seed = `${read("queue")} ${read("operator")} ${all.length < 2 ? all[0] : `${all[0]} ${group}`}`;
  const rows = parts(world, group, all).map(
    ([key, name, size]): ReportRow => ({
      key,
      name,
      figures: world.name === "empty" ? figures() : busy(`${seed} ${key}`, size, group),
    }),
  );
  const isTime = group !== "queue" && group !== "operator";
  const shown = isTime ? rows : rows.sort((a, b) => b.figures.entered - a.figures.entered);
  return { time_zone: "Europe/Moscow", group, rows: shown, total: sum(rows, seed, group) };
}

export function mockCsv(report: Report): string {
  return [
    "key,name,entered",
    ...report.rows.map(({ key, name, figures: { entered } }) => `${key},${name},${entered}`),
  ].join("\r\n");
}

/** One queue whose wait is long, one that nobody attends to, one in which nobody waits. */
export function mockWallboard(world: MockWorld): Wallboard {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  const queues = world.queues().map((queue, index) => {
    const waiting = queue.waiting > 0 && index !== 2 ? queue.waiting : 0;
    const online = index === 1 ? 0 : Math.max(1, queue.operators_online);
    return {
      queue: {
        ...queue,
        waiting,
        operators_online: online,
        oldest_waiting_since: waiting === 0 ? null : ago(index === 0 ? 1_512 : 140),
      },
      today: world.name === "empty" ? figures() : busy(`today ${queue.id}`, 24, "queue"),
    };
  });
  const staff = [...world.operators.values()];
  const statuses = ["online", "transfer_only", "away", "break", "going_off", "offline"] as const;
  return {
    at: ago(2),
    queues,
    operators: statuses.map((status) => ({
      status,
      operators: staff.filter((each) => each.status === status).length,
    })),
    calls: world.name === "empty" ? 0 : 2,
    today: sum(
      queues.map(({ queue, today }) => ({ key: queue.id, name: queue.name, figures: today })),
      "today",
      "day",
    ),
  };
}
