/** The short lists of a console in tests, and who else looks: as they stand, without a server. */
import type { Canned, Macro, Mention, QueueInvitation, SavedView, Tag, Viewer } from "@consilium/kit/api";
import { PretendStream } from "@consilium/kit/testing";
import { LiveSet } from "../src/live/live-set.ts";
import { Presence } from "../src/live/presence.ts";
import type { ConsoleValue } from "../src/session/ConsoleContext.tsx";

export interface Lists {
  readonly mentions?: readonly Mention[];
  readonly queueInvitations?: readonly QueueInvitation[];
  readonly canned?: readonly Canned[];
  readonly macros?: readonly Macro[];
  readonly tags?: readonly Tag[];
  readonly views?: readonly SavedView[];
  /** Colleagues who have the same record open. */
  readonly viewers?: readonly Viewer[];
}

function nobodySpeaks(viewers: readonly Viewer[]): Presence {
  const presence = new Presence(
    { say: async ({ record }) => ({ record, viewers: [...viewers] }) },
    new PretendStream(),
    null,
    "window",
  );
  presence.others.set(viewers);
  return presence;
}

function still<T extends { readonly id: string }>(items: readonly T[]): LiveSet<T> {
  const set = new LiveSet<T>(new PretendStream(), { load: async () => items, told: () => undefined });
  set.replace(items);
  return set;
}

export function shortLists(
  lists: Lists = {},
): Pick<ConsoleValue, "mentions" | "queueInvitations" | "canned" | "macros" | "tags" | "views" | "presence"> {
  return {
    mentions: still(lists.mentions ?? []),
    queueInvitations: still(lists.queueInvitations ?? []),
    canned: still(lists.canned ?? []),
    macros: still(lists.macros ?? []),
    tags: still(lists.tags ?? []),
    views: still(lists.views ?? []),
    presence: nobodySpeaks(lists.viewers ?? []),
  };
}
