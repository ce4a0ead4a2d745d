/** What commands on the consultation in front share: they need one, and one that is not busy. */
import type { Command, CommandContext, CommandEffects, CommandTarget } from "./command.ts";

export function onTarget(
  test: (target: CommandTarget, context: CommandContext) => boolean,
): Command["isAllowed"] {
  return (context) => context.target !== null && !context.target.busy && test(context.target, context);
}

export function withTarget(
  run: (id: string, effects: CommandEffects, target: CommandTarget) => void,
): Command["run"] {
  return ({ target }, effects) => {
    if (target !== null) run(target.id, effects, target);
  };
}

export function mayDirect(target: CommandTarget, context: CommandContext): boolean {
  return isLed(target) && (target.mine || context.role === "supervisor");
}

/** Somebody leads it, and it is not over. */
export function isLed({ phase }: CommandTarget): boolean {
  return phase === "active" || phase === "on_hold";
}

/** Whether macros can be run on it: whoever does what they do by hand. */
export function mayRunMacros(target: CommandTarget): boolean {
  return isLed(target) && (target.mine || target.guest);
}
