/** Who takes part in a consultation: handing on, asking in, leaving, and what a supervisor may do with a colleague's. */
import type { Command } from "./command.ts";
import { isLed, mayDirect, onTarget, withTarget } from "./on-target.ts";
import { key } from "./shortcut.ts";

export const TEAM: readonly Command[] = [
  {
    id: "consultation.transfer",
    group: "consultation",
    label: () => "transfer",
    shortcut: key("KeyT", { shift: true }),
    isAllowed: onTarget(mayDirect),
    run: withTarget((id, effects) => effects.askTransfer(id)),
  },
  {
    id: "consultation.invite",
    group: "consultation",
    label: () => "inviteColleague",
    shortcut: key("KeyI", { shift: true }),
    keywords: "invite",
    isAllowed: onTarget(mayDirect),
    run: withTarget((id, effects) => effects.askInvite(id)),
  },
  {
    id: "consultation.leave",
    group: "consultation",
    label: () => "leaveConsultation",
    shortcut: null,
    isAllowed: onTarget((target) => target.guest && isLed(target)),
    run: withTarget((id, effects) => effects.leaveConsultation(id)),
  },
  {
    id: "consultation.watch",
    group: "consultation",
    label: () => "watch",
    shortcut: null,
    keywords: "supervise",
    isAllowed: onTarget(
      (target, { role }) => role === "supervisor" && isLed(target) && !target.mine && !target.guest,
    ),
    run: withTarget((id, effects) => effects.watch(id)),
  },
  {
    id: "consultation.takeOver",
    group: "consultation",
    label: () => "takeOver",
    shortcut: null,
    keywords: "supervise",
    isAllowed: onTarget((target, { role }) => role === "supervisor" && isLed(target) && !target.mine),
    run: withTarget((id, effects) => effects.askTakeOver(id)),
  },
];
