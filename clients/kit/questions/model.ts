/** What a service asks, and what was typed: which questions are asked, what is missing, what is a red flag. Plain functions. */
import type { Question, QuestionAnswer, Questionnaire } from "../api/types.ts";

/** By `link_id`: yes or no, codes of options, or what was typed. */
export type Typed = Readonly<Record<string, boolean | readonly string[] | string>>;
export type Wrong = "required" | "number" | "range" | "from" | "to" | "day";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What was typed to a question, as far as it fits: it may have been typed before the service changed the question. */
export function givenTo(
  { link_id, type, options, repeats }: Question,
  typed: Typed,
): Typed[string] | undefined {
  const given = typed[link_id];
  switch (type) {
    case "display":
      return undefined;
    case "boolean":
      return typeof given === "boolean" ? given : undefined;
    case "choice": {
      if (typeof given !== "object") return undefined;
      const known = options.map(({ code }) => code).filter((code) => given.includes(code));
      return repeats ? known : known.slice(0, 1);
    }
    case "decimal":
    case "date":
    case "text":
      return typeof given === "string" ? given : undefined;
  }
}

/** Questions that are asked after the answers before them. */
export function askedOf({ items }: Questionnaire, typed: Typed): Question[] {
  const asked: Question[] = [];
  for (const item of items) {
    const when = item.enable_when;
    const earlier = asked.find(({ link_id }) => link_id === when?.question);
    const isMet = earlier !== undefined && when !== null && has(givenTo(earlier, typed), when.answer);
    if (when === null || isMet) asked.push(item);
  }
  return asked;
}

function has(typed: Typed[string] | undefined, answer: string): boolean {
  if (typeof typed === "boolean") return answer === (typed ? "yes" : "no");
  return Array.isArray(typed) && typed.includes(answer);
}

/** A number as people write it: with a comma too. */
function numberOf(text: string): number {
  const plain = text.trim().replace(",", ".");
  return plain === "" ? Number.NaN : Number(plain);
}

function isEmpty(typed: Typed[string] | undefined): boolean {
  return typed === undefined || (typeof typed !== "boolean" && (typed.length === 0 || isBlank(typed)));
}

function isBlank(typed: readonly string[] | string): boolean {
  return typeof typed === "string" && typed.trim() === "";
}

function wrongIn(question: Question, typed: Typed[string] | undefined): Wrong | null {
  if (isEmpty(typed)) return question.required ? "required" : null;
  if (question.type === "date") return DAY.test(String(typed)) ? null : "day";
  if (question.type !== "decimal") return null;
  const number = numberOf(String(typed));
  const { minimum, maximum } = question;
  if (!Number.isFinite(number)) return "number";
  const isOut = (minimum !== null && number < minimum) || (maximum !== null && number > maximum);
  if (!isOut) return null;
  return minimum !== null && maximum !== null ? "range" : minimum !== null ? "from" : "to";
}

/** What is missing or wrong, by `link_id`. */
export function wrongOf(questionnaire: Questionnaire, typed: Typed): ReadonlyMap<string, Wrong> {
  const wrong = new Map<string, Wrong>();
  for (const question of askedOf(questionnaire, typed)) {
    const found = wrongIn(question, givenTo(question, typed));
    if (found !== null) wrong.set(question.link_id, found);
  }
  return wrong;
}

/** The answers as they are sent, when nothing is wrong. */
export function answersOf(questionnaire: Questionnaire, typed: Typed): QuestionAnswer[] {
  return askedOf(questionnaire, typed).flatMap((question): QuestionAnswer[] => {
    const { link_id, type } = question;
    const given = givenTo(question, typed);
    if (given === undefined || isEmpty(given)) return [];
    if (typeof given === "boolean") return [{ link_id, value: given }];
    if (typeof given !== "string") return [{ link_id, value: [...given] }];
    return [{ link_id, value: type === "decimal" ? numberOf(given) : given.trim() }];
  });
}

/** The fields as they are filled in with answers that were sent. */
export function typedOf(answers: readonly QuestionAnswer[]): Typed {
  const fields = answers.map(({ link_id, value }) => [
    link_id,
    typeof value === "number" ? String(value) : value,
  ]);
  return Object.fromEntries(fields) as Typed;
}

/** The first question whose answer is a red flag: there the person reads at once what to do. */
export function redFlagOf(questionnaire: Questionnaire, typed: Typed): string | null {
  const flag = askedOf(questionnaire, typed).find((question) => {
    const given = givenTo(question, typed);
    if (typeof given === "boolean") return question.red_flag === given;
    if (Array.isArray(given))
      return question.options.some(({ code, red_flag }) => red_flag && given.includes(code));
    if (question.type !== "decimal" || typeof given !== "string") return false;
    const number = numberOf(given);
    const { red_flag_from: from, red_flag_to: to } = question;
    return (from !== null && number >= from) || (to !== null && number <= to);
  });
  return flag?.link_id ?? null;
}
