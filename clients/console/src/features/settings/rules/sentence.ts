/** A rule as a sentence: «When a patient asks, if it is in General: put on the tag “Urgent” and alarm supervisors.» */
import type { RuleFinding, RuleSettings } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import type { TFunction } from "i18next";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBoard, useReadable } from "../../../live/hooks.ts";
import { useConsole } from "../../../session/ConsoleContext.tsx";

/** What ids are called; the id itself where nothing has it any more. */
export interface Names {
  readonly queue: (id: string) => string;
  readonly tag: (id: string) => string;
}

interface Words extends Names {
  readonly t: TFunction;
  /** For `Intl`. */
  readonly locale: string;
}

const KEY = "brandSettings.rule";

export function sentenceOf(rule: RuleSettings, words: Words): string {
  const { t, locale } = words;
  const when = t(`${KEY}.when.${rule.event}`);
  const conditions = conditionsOf(rule, words);
  const actions = actionsOf(rule, words);
  const what = actions.length === 0 ? t(`${KEY}.nothing`) : joined(actions, "conjunction", locale);
  return conditions.length === 0
    ? t(`${KEY}.sentence`, { when, what })
    : t(`${KEY}.sentenceIf`, { when, if: joined(conditions, "conjunction", locale), what });
}

function joined(parts: readonly string[], type: "conjunction" | "disjunction", locale: string): string {
  return new Intl.ListFormat(locale, { type }).format(parts);
}

function conditionsOf({ conditions }: RuleSettings, { t, locale, queue, tag }: Words): string[] {
  const parts: string[] = [];
  const any = (names: readonly string[]) =>
    joined(
      names.map((name) => t(`${KEY}.quoted`, { name })),
      "disjunction",
      locale,
    );
  const { queues, tags, languages, hours, red_flag: flag, returning } = conditions;
  if (queues.length > 0) parts.push(t(`${KEY}.if.queues`, { queues: any(queues.map(queue)) }));
  if (tags.length > 0) parts.push(t(`${KEY}.if.tags`, { tags: any(tags.map(tag)) }));
  if (languages.length > 0) {
    const names = joined(languages.map(languageName), "disjunction", locale);
    parts.push(t(`${KEY}.if.languages`, { languages: names }));
  }
  if (hours !== null) parts.push(t(`${KEY}.if.hours.${hours}`));
  if (flag !== null) parts.push(t(`${KEY}.if.red_flag.${flag}`));
  if (returning !== null) parts.push(t(`${KEY}.if.returning.${returning}`));
  if (conditions.waited_minutes !== null)
    parts.push(t(`${KEY}.if.waited_minutes`, { minutes: conditions.waited_minutes }));
  if (conditions.silent_minutes !== null)
    parts.push(t(`${KEY}.if.silent_minutes`, { minutes: conditions.silent_minutes }));
  return parts;
}

function actionsOf({ actions }: RuleSettings, { t, locale, queue, tag }: Words): string[] {
  const parts: string[] = [];
  const all = (ids: readonly string[]) =>
    joined(
      ids.map((id) => t(`${KEY}.quoted`, { name: tag(id) })),
      "conjunction",
      locale,
    );
  const { remove_tags: off, add_tags: on, raise_priority_to: priority, move_to: to } = actions;
  if (off.length > 0) parts.push(t(`${KEY}.do.remove_tags`, { count: off.length, tags: all(off) }));
  if (on.length > 0) parts.push(t(`${KEY}.do.add_tags`, { count: on.length, tags: all(on) }));
  if (priority !== null) parts.push(t(`${KEY}.do.raise_priority_to`, { priority }));
  if (to !== null) parts.push(t(`${KEY}.do.move_to`, { queue: queue(to) }));
  if (actions.note !== null) parts.push(t(`${KEY}.do.note`));
  if (actions.alarm) parts.push(t(`${KEY}.do.alarm`));
  return parts;
}

/** What there was of a condition, in words. */
export function foundOf({ condition, found }: RuleFinding, { t, queue, tag }: Words): string {
  if (found.length === 0) return t("brandSettings.nothing");
  const word = (value: string) => {
    switch (condition) {
      case "queues":
        return queue(value);
      case "tags":
        return tag(value);
      case "languages":
        return languageName(value);
      case "hours":
        return t(`brandSettings.value.${value}`);
      case "red_flag":
      case "returning":
        return t(value === "true" ? "brandSettings.yes" : "brandSettings.no");
      case "waited_minutes":
      case "silent_minutes":
        return t(`${KEY}.minutes`, { minutes: Number(value) });
    }
  };
  return found.map(word).join(", ");
}

/** Names as the desk has them now. */
export function useRuleWords(): Words {
  const { t } = useTranslation();
  const locale = useLocale();
  const { queues } = useBoard();
  const tags = useReadable(useConsole().tags.items);
  return useMemo(
    () => ({
      t,
      locale,
      queue: (id: string) => queues.get(id)?.name ?? id,
      tag: (id: string) => {
        const names = tags.get(id)?.names;
        return names?.[locale] ?? Object.values(names ?? {})[0] ?? id;
      },
    }),
    [t, locale, queues, tags],
  );
}

export function useSentence(): (rule: RuleSettings) => string {
  const words = useRuleWords();
  return useCallback((rule) => sentenceOf(rule, words), [words]);
}
