/** The consultation API over `MockWorld`, as a middleware of Vite's development server. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type {
  CallbackRow,
  ConsultationRow,
  OperatorStatus,
  Participant,
  PatientRow,
} from "@consilium/kit/api";
import type { Connect, Plugin } from "vite";
import { apiKeyAnswer } from "./mock-api-keys.ts";
import { archiveRows, found } from "./mock-archive.ts";
import { UNCHECKED } from "./mock-audit.ts";
import { mockCallbackDetail, mockCallbacks } from "./mock-callbacks.ts";
import { mockCalls, mockQuality } from "./mock-calls.ts";
import { mockFields } from "./mock-fields.ts";
import { mockFollowUp, mockFollowUps, mockWords } from "./mock-follow-ups.ts";
import { MockMerges } from "./mock-merges.ts";
import { MockNotes, mockCanned, mockMacros, mockTags } from "./mock-notes.ts";
import { mockCsv, mockReport, mockWallboard } from "./mock-reports.ts";
import { certificate, duePage, holdsOf } from "./mock-retention.ts";
import { deletionPlan } from "./mock-rights.ts";
import { webhookAnswer } from "./mock-webhooks.ts";
import { MockWorld, mockBrand, type WorldName } from "./mock-world.ts";

type Body = Record<string, unknown>;

class Problem extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, slug: string, detail: string, members: object = {}) {
    super(detail);
    this.status = status;
    this.body = { type: `urn:consilium:problem:${slug}`, title: detail, status, detail, ...members };
  }
}

export class MockServer {
  private world = new MockWorld("usual", "petrova");
  private readonly streams = new Set<ServerResponse>();
  private eventId = 0;
  private rivals = false;
  private readonly notes = new MockNotes();
  private merges = new MockMerges(this.world);
  private callbackRows: Map<string, CallbackRow> | null = null;

  handle(request: IncomingMessage, response: ServerResponse, next: () => void): unknown {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    if (url.pathname === "/.well-known/consilium/brand.json")
      return send(response, 200, mockBrand(url.origin));
    if (url.pathname === "/__world") return this.reset(url, response);
    if (url.pathname === "/__arrive") return this.arrive(url, response);
    if (url.pathname === "/__route") return this.route(response);
    if (url.pathname === "/_matrix/client/v3/login") return void this.login(request, response);
    if (url.pathname.startsWith("/_matrix/")) return send(response, 200, {});
    if (!url.pathname.startsWith("/_consilium/v1")) return next();
    const path = url.pathname.slice("/_consilium/v1".length);
    if (path === "/events") return this.stream(request, response);
    if (path === "/reports/consultations.csv") return csv(response, mockCsv(mockReport(this.world, url)));
    void this.answer(request, url, path)
      .then((body) => send(response, 200, body))
      .catch((error: unknown) => {
        if (error instanceof Problem) send(response, error.status, error.body);
        else send(response, 500, { title: String(error) });
      });
  }

  private reset(url: URL, response: ServerResponse): void {
    this.world = new MockWorld(
      (url.searchParams.get("name") ?? "usual") as WorldName,
      url.searchParams.get("me") ?? "petrova",
    );
    this.callbackRows = null;
    this.merges = new MockMerges(this.world);
    this.rivals = url.searchParams.get("rivals") === "1";
    for (const stream of this.streams) stream.end();
    this.streams.clear();
    send(response, 200, { world: this.world.name });
  }

  private arrive(url: URL, response: ServerResponse): void {
    const count = Number(url.searchParams.get("count") ?? "1");
    for (let index = 0; index < count; index += 1) {
      const row = this.world.add("queued", null, 0);
      this.changed({
        ...row,
        requested_at: new Date().toISOString(),
        priority: url.searchParams.has("urgent") ? 1 : 0,
      });
    }
    const taken = url.searchParams.get("taken");
    const row = taken === null ? undefined : this.world.rows.get(taken);
    if (row !== undefined) this.changed(withLead(row, "sokolov", "Соколов Андрей"));
    send(response, 200, {});
  }

  /** The desk offers the first three who wait, to different operators; who waits longest waits too long; the caller winds up after a call. */
  private route(response: ServerResponse): void {
    const { world } = this;
    const waiting = [...world.rows.values()].filter((row) => row.phase === "queued");
    const time = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
    const to = [...world.operators.values()].filter(({ id }) => id !== world.me);
    for (const [index, row] of waiting.entries()) {
      const asked = index === 0 ? world.operators.get(world.me) : to[index];
      const offer =
        index < 3 && asked !== undefined
          ? { to: { id: asked.id, name: asked.name }, since: time(-6), until: time(24) }
          : null;
      const level = index % 3 === 1 ? "breach" : index % 3 === 2 ? "warning" : "kept";
      this.changed({ ...row, offer, sla: { target: "wait", due_at: time(index * 60 - 90), level } });
    }
    const me = world.operators.get(world.me);
    if (me !== undefined) {
      const winds = { ...me, skills: ["ЭКГ", "дети"], languages: ["ru"], wrap_up_until: time(42) };
      world.operators.set(me.id, winds);
      this.emit("operator", { operator: winds });
    }
    send(response, 200, {});
  }

  private async login(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body.password === "wrong")
      return send(response, 403, { errcode: "M_FORBIDDEN", error: "Invalid password" });
    const user = (body.identifier as { user?: string } | undefined)?.user ?? "petrova";
    this.world.me = user;
    send(response, 200, { user_id: `@${user}:demo.test`, device_id: "MOCK", access_token: "mock" });
  }

  private stream(request: IncomingMessage, response: ServerResponse): unknown {
    if (this.world.name === "broken") return send(response, 503, {});
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": ping\n\n");
    this.streams.add(response);
    return request.on("close", () => this.streams.delete(response));
  }

  private emit(event: string, data: object): void {
    this.eventId += 1;
    for (const stream of this.streams)
      stream.write(`id: ${this.eventId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private changed(row: ConsultationRow): ConsultationRow {
    this.world.rows.set(row.id, row);
    this.emit("consultation", { consultation: row });
    return row;
  }

  private async answer(request: IncomingMessage, url: URL, path: string): Promise<unknown> {
    const { world } = this;
    if (world.name === "broken" && path !== "/me")
      throw new Problem(503, "unavailable", "Service unavailable.");
    const body = request.method === "GET" ? {} : await readBody(request);
    const [, first, second, third, fourth] = path.split("/");
    switch (first) {
      case "me":
        return world.meAnswer();
      case "queues":
        return { queues: world.queues() };
      case "statuses":
        return { statuses: [] };
      case "operators":
        return this.operators(request, second, third, body);
      case "patients":
        if (third === "deletion") return deletionPlan();
        if (second !== undefined && (third === "merges" || third === "dismissed-duplicates"))
          return known(this.merges.answer(request.method, url, [second, third, fourth], body));
        return this.patients(request, url, second, body);
      case "merges":
        return known(this.merges.separate(second ?? "", body));
      case "consultations":
        return second === undefined ? this.list(url) : this.consultation(second, [third, fourth], body);
      case "callbacks":
        return this.callbacks(url, second, third, body);
      case "calls":
        return this.calls(url, second, third);
      case "conversations":
        return request.method === "POST"
          ? this.notes.write(second ?? "", String(body.text))
          : this.notes.page(second ?? "");
      case "mentions":
        return { items: [], next_cursor: null, total: 0, unseen: 0 };
      case "canned":
        return { canned: mockCanned() };
      case "macros":
        return { macros: mockMacros() };
      case "tags":
        return { tags: mockTags() };
      case "fields":
        return mockFields();
      case "follow-ups":
        return this.followUps(url, second);
      case "views":
        return { views: [] };
      case "viewing":
        return { record: body.record ?? null, viewers: [] };
      case "archive":
        return this.archive(url, second, third);
      case "holds":
        return request.method === "POST"
          ? holdsOf(this.sealed(), null).items[0]
          : holdsOf(this.sealed(), url.searchParams.get("view"));
      case "reports":
        return this.reports(url, [second, third]);
      case "rules":
        return page([], url);
      case "webhooks":
        return webhookAnswer(world.name, third);
      case "api-keys":
        return apiKeyAnswer(world.name, request.method === "POST");
      case "audit":
        if (second === "verify") return UNCHECKED;
        return page(
          world.audit.filter(
            (entry) => has(url, "action", entry.action) && has(url, "actor", entry.actor.user_id),
          ),
          url,
        );
      default:
        throw new Problem(404, "not-found", "Not found.");
    }
  }

  private followUps(url: URL, id: string | undefined): unknown {
    const rows = [...this.world.rows.values()];
    if (id === undefined) return mockFollowUps(url, rows, this.world.me);
    if (id === "message") return mockWords();
    return known(mockFollowUp(id, rows, this.world.me));
  }

  private list(url: URL): unknown {
    const view = url.searchParams.get("view");
    const phase = view === "waiting" ? "queued" : view;
    return page(
      [...this.world.rows.values()].filter((row) => view === "all" || row.phase === phase),
      url,
    );
  }

  private consultation(id: string, [verb, fourth]: readonly (string | undefined)[], body: Body): unknown {
    const { world } = this;
    const row = known(world.rows.get(id));
    const me = world.operators.get(world.me);
    switch (verb) {
      case undefined:
        return world.detail(row);
      case "take":
        if (this.rivals || row.phase !== "queued") {
          this.changed(withLead(row, "sokolov", "Соколов Андрей"));
          throw new Problem(409, "taken", "Already taken.", {
            taken_by: { id: "sokolov", name: "Соколов Андрей" },
          });
        }
        return world.detail(this.changed(withLead(row, world.me, me?.name ?? "")));
      case "pass":
        return world.detail(this.changed({ ...row, offer: null }));
      // Asked or run: the macros of this clinic change nothing but words.
      case "macros":
        return world.detail(row);
      case "hold":
        return world.detail(
          this.changed({ ...row, phase: "on_hold", hold: { since: new Date().toISOString(), until: null } }),
        );
      case "resume":
        return world.detail(this.changed({ ...row, phase: "active", hold: null }));
      case "transfer":
        return world.detail(
          this.changed({
            ...row,
            phase: "queued",
            participants: [],
            priority: 1,
            transfer: {
              from: me?.name ?? "",
              note: String(body.note),
              at: new Date().toISOString(),
              to: null,
              cause: "handed",
            },
          }),
        );
      case "participants":
        return world.detail(
          this.changed(fourth === undefined ? withGuest(row, world, body) : without(row, fourth)),
        );
      case "close":
        return world.detail(this.changed({ ...row, phase: "archived", ended_at: new Date().toISOString() }));
      default:
        throw new Problem(404, "not-found", "Not found.");
    }
  }

  private operators(
    request: IncomingMessage,
    id: string | undefined,
    verb: string | undefined,
    body: Body,
  ): unknown {
    const { world } = this;
    if (id === undefined && request.method === "POST") {
      const name = String(body.name);
      if (String(body.user_id).startsWith("@nobody:"))
        throw new Problem(422, "invalid", "Invalid.", {
          errors: [{ field: "user_id", message: "Такой учётной записи нет." }],
        });
      const operator = {
        ...world.meAnswer().operator,
        id: name,
        name,
        title: (body.title as string | null) ?? null,
        queues: body.queues as string[],
        user_id: String(body.user_id),
        role: body.role as "operator",
        status: "offline" as const,
      };
      world.operators.set(name, operator as never);
      return operator;
    }
    if (id === undefined) return { operators: [...world.operators.values()] };
    if (verb === "history") return { versions: [], next_before: null };
    if (verb === "queue-invitations") return { invitations: [] };
    if (verb === "leaving" || verb === "returned") return { consultations: [] };
    if (verb === "status-history") return { items: world.statusHistory(), next_cursor: null, total: 5 };
    const me = known(world.operators.get(id === "me" ? world.me : id));
    const status = verb === "status" ? (body.status as OperatorStatus) : me.status;
    const changed = {
      ...me,
      ...(verb === undefined ? (body as Partial<typeof me>) : {}),
      status,
      status_reason: verb === "status" ? ((body.reason as string | undefined) ?? null) : me.status_reason,
      wrap_up_until: verb === "wrapped-up" ? null : me.wrap_up_until,
      status_since: verb === "status" ? new Date().toISOString() : me.status_since,
    };
    world.operators.set(me.id, changed);
    if (verb !== "heartbeat") this.emit("operator", { operator: changed });
    return changed;
  }

  private patients(request: IncomingMessage, url: URL, id: string | undefined, body: Body): unknown {
    const { world } = this;
    const named = (row: PatientRow) => has(url, "q", `${row.name} ${row.user_id}`);
    if (id === undefined) return page(this.merges.listed().filter(named), url);
    const patient = known(world.patients.find((each) => each.id === id));
    if (request.method === "PATCH") Object.assign(patient, body);
    return known(this.merges.shown(id));
  }

  private callbacks(url: URL, id: string | undefined, verb: string | undefined, body: Body): unknown {
    const { world } = this;
    this.callbackRows ??= new Map(
      (world.name === "empty" ? [] : mockCallbacks([...world.rows.values()], world.me)).map((row) => [
        row.id,
        row,
      ]),
    );
    const rows = [...this.callbackRows.values()];
    if (id === undefined) {
      const ended = url.searchParams.get("view") === "ended";
      return page(
        rows.filter((row) => (row.ending !== null) === ended),
        url,
      );
    }
    const row = known(this.callbackRows.get(id));
    if (verb === undefined) return mockCallbackDetail(row);
    const rival = { id: "sokolov", name: "Соколов Андрей" };
    if (verb === "take" && this.rivals) {
      this.changedCallback({ ...row, phase: "taken", operator: rival });
      throw new Problem(409, "taken", "Already taken.", { taken_by: rival });
    }
    if (verb === "consultation") return world.detail(this.beginConsultation(row));
    return mockCallbackDetail(this.changedCallback({ ...row, ...this.callbackStep(verb, body) }));
  }

  /** In the conversation of a call-back, led by this operator; somebody else has begun one where there are rivals. */
  private beginConsultation({ conversation_id, room_id, patient, queue }: CallbackRow): ConsultationRow {
    const { world } = this;
    if (conversation_id === null || room_id === null || patient === null)
      throw new Problem(409, "conflict", "It has no conversation.");
    const begun = {
      ...world.add("active", this.rivals ? "sokolov" : world.me, 0),
      conversation_id,
      room_id,
      patient,
      queue,
    };
    this.changed(begun);
    if (this.rivals) throw new Problem(409, "conflict", "One is open.", { consultation_id: begun.id });
    return begun;
  }

  private callbackStep(verb: string, body: Body): Partial<CallbackRow> {
    const me = this.world.operators.get(this.world.me);
    const now = new Date().toISOString();
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    switch (verb) {
      case "take":
        return { phase: "taken", operator: { id: me?.id ?? "", name: me?.name ?? "" }, taken_at: now };
      case "release":
        return { phase: "new" };
      case "telephone":
        return { phase: "calling", means: "telephone" };
      case "no-answer":
        return { phase: "no_answer", attempts: 1, again_at: later(30), due_at: later(90), overdue: false };
      case "again-later":
        return { phase: "new", due_at: later(240), overdue: false };
      case "done":
        return {
          phase: "archived",
          ending: "done",
          outcome: body.outcome as CallbackRow["outcome"],
          ended_at: now,
          overdue: false,
        };
      case "cancel":
        return { phase: "cancelled", ending: "cancelled", ended_at: now, overdue: false };
      default:
        return {};
    }
  }

  private changedCallback(row: CallbackRow): CallbackRow {
    const changed = { ...row, phase_since: new Date().toISOString() };
    this.callbackRows?.set(row.id, changed);
    this.emit("callback", { callback: changed });
    return changed;
  }

  private calls(url: URL, id: string | undefined, verb: string | undefined): unknown {
    const calls = mockCalls([...this.world.rows.values()]);
    if (id !== undefined) {
      const call = calls.find((each) => each.id === id);
      if (call === undefined) throw new Problem(404, "not-found", "Not found.");
      return verb === "quality" ? mockQuality(call) : call;
    }
    const wanted = calls.filter(
      (call) =>
        has(url, "outcome", call.outcome ?? "") &&
        has(url, "caller_side", call.caller_side) &&
        has(url, "kind", call.kind) &&
        has(url, "open", String(call.state !== "ended")) &&
        has(url, "queue", this.world.rows.get(call.consultation_id ?? "")?.queue.id ?? "") &&
        isWithin(url, call.started_at) &&
        has(url, "patient", call.patient.id) &&
        (url.searchParams.get("consultation") ?? call.consultation_id) === call.consultation_id &&
        has(url, "operator", call.participants[0]?.user_id ?? call.caller_user_id),
    );
    return page(wanted, url);
  }

  private reports(url: URL, [name, behind]: readonly (string | undefined)[]): unknown {
    const { world } = this;
    if (world.operators.get(world.me)?.role !== "supervisor")
      throw new Problem(403, "forbidden", "Only supervisors may.");
    if (name === "now") return mockWallboard(world);
    if (behind === undefined) return mockReport(world, url);
    const figure = url.searchParams.get("figure");
    const { items, ...rest } = page(
      [...world.rows.values()].filter((row) => figure === "entered" || row.phase === "archived"),
      url,
    );
    return { consultations: items, calls: [], callbacks: [], ...rest };
  }

  private sealed(): ConsultationRow[] {
    return [...this.world.rows.values()].filter((row) => row.phase === "archived");
  }

  private archive(url: URL, id: string | undefined, verb: string | undefined): unknown {
    const rows = this.sealed();
    if (id === "due") return duePage(rows, Number(url.searchParams.get("days") ?? 1));
    if (id === "search") return found(archiveRows(rows.slice(0, 4)));
    if (id !== undefined) {
      const index = rows.findIndex((row) => row.id === id);
      const row = rows[index];
      if (row === undefined) throw new Problem(404, "not-found", "Not found.");
      if (verb === "erase") this.changed({ ...row, erased_at: new Date().toISOString() });
      if (verb !== undefined) return certificate(id, row);
      if (row.erased_at !== null) throw new Problem(410, "erased", "Erased.");
      return this.world.record(row, rows.length - index);
    }
    const q = url.searchParams.get("q")?.toLowerCase() ?? "";
    const named = rows.filter(
      (row) => row.patient.name.toLowerCase().includes(q) && has(url, "queue", row.queue.id),
    );
    return page(archiveRows(named), url);
  }
}

/** What there is; nothing is a 404. */
function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Problem(404, "not-found", "Not found.");
  return found;
}

/** Asked in by the lead. */
function withGuest(row: ConsultationRow, world: MockWorld, body: Body): ConsultationRow {
  const id = String(body.operator_id);
  const [lead] = row.participants;
  const guest: Participant = {
    operator_id: id,
    name: world.operators.get(id)?.name ?? "",
    role: body.role as Participant["role"],
    joined_at: new Date().toISOString(),
    invited_by: lead === undefined ? null : { id: lead.operator_id, name: lead.name },
  };
  return { ...row, participants: [...without(row, id).participants, guest] };
}

function without(row: ConsultationRow, id: string): ConsultationRow {
  return { ...row, participants: row.participants.filter(({ operator_id: each }) => each !== id) };
}

function withLead(row: ConsultationRow, id: string, name: string): ConsultationRow {
  const now = new Date().toISOString();
  return {
    ...row,
    phase: "active",
    taken_at: now,
    waiting: null,
    participants: [{ operator_id: id, name, role: "lead", joined_at: now, invited_by: null }],
  };
}

function has(url: URL, name: string, value: string): boolean {
  return value.includes(url.searchParams.get(name) ?? "");
}

/** Whether a point in time is in the span that is asked for: days back from now, or from one point to another. */
function isWithin(url: URL, instant: string): boolean {
  const { searchParams: asked } = url;
  const days = Number(asked.get("days") ?? "0");
  const since = days > 0 ? Date.now() - days * 86_400_000 : Date.parse(asked.get("from") ?? "1970-01-01");
  return Date.parse(instant) >= since && Date.parse(instant) < Date.parse(asked.get("to") ?? "9999-01-01");
}

function page<T>(items: readonly T[], url: URL): { items: T[]; next_cursor: string | null; total: number } {
  const limit = Number(url.searchParams.get("limit") ?? "50");
  const start = Number(url.searchParams.get("cursor") ?? "0");
  return {
    items: items.slice(start, start + limit),
    next_cursor: start + limit < items.length ? String(start + limit) : null,
    total: items.length,
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": status < 400 ? "application/json" : "application/problem+json",
  });
  response.end(JSON.stringify(body));
}

function csv(response: ServerResponse, table: string): void {
  response.writeHead(200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="consultations.csv"',
  });
  response.end(table);
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Body);
}

export function mockPlugin(): Plugin {
  const server = new MockServer();
  const answer: Connect.NextHandleFunction = (request, response, next) =>
    void server.handle(request, response, next);
  return {
    name: "console-mock",
    configureServer: ({ middlewares }) => void middlewares.use(answer),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(answer),
  };
}
