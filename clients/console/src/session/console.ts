/** Everything that a signed-in console works with, made once for each sign-in. */
import {
  ApiProblem,
  type Call,
  type Canned,
  type ConsultEvent,
  EventStream,
  type Macro,
  type Me,
  type Mention,
  type Operator,
  type PublicBrand,
  type QueueInvitation,
  QueueInvitationApi,
  type SavedView,
  StaffApi,
  type Tag,
  ViewingApi,
} from "@consilium/kit/api";
import { type Calls, createCalls } from "@consilium/kit/calls";
import { type Engine, refreshSession, type Session, sessionStore, startEngine } from "@consilium/kit/matrix";
import { LiveDesk } from "../live/desk.ts";
import { CallInvitations } from "../live/invitations.ts";
import { LiveSet } from "../live/live-set.ts";
import { Presence } from "../live/presence.ts";
import { ringsAtDesk } from "../live/ringing.ts";

export interface Console {
  readonly api: StaffApi;
  readonly me: Me;
  readonly engine: Engine;
  readonly desk: LiveDesk;
  readonly calls: Calls;
  /** Calls that go on and that this operator is asked into. */
  readonly invitations: CallInvitations;
  /** Who else has the record open that this window shows. */
  readonly presence: Presence;
  /** Where colleagues mention this operator, newest first. */
  readonly mentions: LiveSet<Mention>;
  /** Invitations of whoever serves a queue: those that ask this operator, and his own. */
  readonly queueInvitations: LiveSet<QueueInvitation>;
  readonly canned: LiveSet<Canned>;
  readonly macros: LiveSet<Macro>;
  readonly tags: LiveSet<Tag>;
  /** Views that this operator sees, in his order. */
  readonly views: LiveSet<SavedView>;
}

export type OpenResult =
  | { readonly outcome: "open"; readonly console: Console }
  /** A patient's account: the console is not for it. */
  | { readonly outcome: "not-staff" }
  | { readonly outcome: "ended" }
  | { readonly outcome: "failed"; readonly problem: ApiProblem };

export interface OpenOptions {
  readonly session: Session;
  readonly brand: PublicBrand;
  readonly language: () => string;
  readonly onSignedOut: (why: "ended" | "other-tab") => void;
}

function makeApi(options: OpenOptions): StaffApi {
  const token = () => sessionStore.load()?.accessToken ?? null;
  return new StaffApi({
    baseUrl: options.brand.server.consult_url,
    accessToken: token,
    refresh: async () => {
      const used = token();
      if (used === null) return false;
      return (await refreshSession(used)).outcome === "refreshed";
    },
    language: options.language,
  });
}

/** The short lists beside the board. */
function shortLists(
  api: StaffApi,
  stream: EventStream,
  me: Me,
): Pick<Console, "mentions" | "queueInvitations" | "canned" | "macros" | "tags" | "views"> {
  return {
    mentions: new LiveSet<Mention>(stream, {
      load: async () => (await api.notes.mentions()).items,
      told: (event) =>
        event.event === "mention" ? { id: event.data.mention_id, item: event.data.mention } : undefined,
    }),
    queueInvitations: new LiveSet<QueueInvitation>(stream, {
      load: () => new QueueInvitationApi(api.client).mine(),
      told: (event) =>
        event.event === "queue_invitation"
          ? { id: event.data.invitation_id, item: event.data.invitation }
          : undefined,
    }),
    canned: new LiveSet<Canned>(stream, {
      load: () => api.canned.all(),
      told: (event) =>
        event.event === "canned" ? { id: event.data.canned_id, item: event.data.canned } : undefined,
    }),
    macros: new LiveSet<Macro>(stream, {
      load: () => api.macros.all(),
      told: (event) =>
        event.event === "macro" ? { id: event.data.changed.id, item: event.data.changed } : undefined,
    }),
    tags: new LiveSet<Tag>(stream, {
      load: () => api.tags.all(),
      told: (event) => (event.event === "tag" ? { id: event.data.tag.id, item: event.data.tag } : undefined),
    }),
    views: new LiveSet<SavedView>(stream, {
      load: () => api.views.all(),
      told: (event) =>
        event.event === "view" ? { id: event.data.view_id, item: event.data.view } : undefined,
      changes: changesViews(me),
    }),
  };
}

/** His own order, and his own queues and role, by which views are shared with him. */
function changesViews(me: Me): (event: ConsultEvent) => boolean {
  const rights = ({ role, queues }: Pick<Operator, "role" | "queues">) => JSON.stringify([role, queues]);
  let before = me.operator === null ? null : rights(me.operator);
  return (event) => {
    if (event.event === "view_order") return true;
    if (event.event !== "operator" || event.data.operator.id !== me.operator?.id) return false;
    const now = rights(event.data.operator);
    const isOther = now !== before;
    before = now;
    return isOther;
  };
}

/** Asks who we are, then starts Matrix and the live lists. Never rejects. */
export async function openConsole(options: OpenOptions): Promise<OpenResult> {
  const api = makeApi(options);
  try {
    const me = await api.me();
    if (me.role === "patient") return { outcome: "not-staff" };
    const engine = await startEngine({
      session: options.session,
      keeperUserId: me.keeper_user_id,
      keeperMasterKey: options.brand.server.keeper_master_key,
      // Staff set their keys up themselves: the engine needs no password for it.
      password: null,
      custody: "person",
      requestHistoryKeys: async (conversationId) => {
        await api.historyKeys(conversationId);
      },
      onSession: (session) => sessionStore.save(session),
      onSignedOut: options.onSignedOut,
    });
    const stream = new EventStream(api);
    const desk = new LiveDesk(api, stream);
    const ringsHere = ({ room_id: room, consultation_id: id }: Call) =>
      ringsAtDesk({
        row: (id === null ? undefined : desk.state.get().board.rows.get(id)) ?? null,
        operatorId: me.operator?.id ?? null,
        membership: engine.conversations.get().get(room)?.membership ?? null,
      });
    const { sticky_calls: sticky } = options.brand.server;
    const calls = createCalls({ api, engine, events: stream, side: "staff", ringsHere, sticky });
    const invitations = new CallInvitations(calls, engine);
    const viewing = new ViewingApi(api.client);
    const presence = new Presence(viewing, stream, me.operator?.id ?? null, crypto.randomUUID());
    const lists = shortLists(api, stream, me);
    for (const list of Object.values(lists)) list.start();
    desk.start();
    return { outcome: "open", console: { api, me, engine, desk, calls, invitations, presence, ...lists } };
  } catch (error) {
    const problem = ApiProblem.of(error);
    return problem.slug === "unauthenticated" ? { outcome: "ended" } : { outcome: "failed", problem };
  }
}

export async function closeConsole(console: Console): Promise<void> {
  console.invitations.close();
  console.calls.close();
  console.presence.stop();
  const { mentions, queueInvitations, canned, macros, tags, views } = console;
  for (const list of [mentions, queueInvitations, canned, macros, tags, views]) list.stop();
  console.desk.stop();
  await console.engine.stop();
}
