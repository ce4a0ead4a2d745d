/** What is wrong with a screen: by axe, by words of another language, by what sticks out, is cut off, or is too small for a thumb. */
import { cutOff, outside, small } from "./fit.mjs";

/** Words of the other language that a screen may hold: keys of the keyboard, logins, names of files, commands, languages by their own name. */
const FOREIGN = {
  ru: /\b(consilium doctor|consilium user create|Ctrl|Alt|Shift|Esc|Enter|Tab|Space|Matrix|English|SHA|sokolov|petrova|volkova|anna|boris|clara|dora|emma|fred|nina|[\w.-]+\.(png|pdf|test|example))\b/gi,
  en: /Русский/g,
};
const OTHER_LETTERS = { ru: /[a-z]{3,}(?:[ ,][a-z]{2,})+/gi, en: /[а-яё]{3,}/gi };

/** The narrowest screens that are promised: a small phone for patients, a small laptop for staff. */
export const NARROW = { patient: { width: 360, height: 740 }, console: { width: 1024, height: 768 } };

/**
 * Runs of words in another language than the person has chosen. Recovery keys, hashes and ids are no words; a field that says its language has its own. `besides`: what
 * a brand says in one language alone, and the screen does not know in which.
 */
export async function foreign(person, language, { within = "body", besides = [] } = {}) {
  const text = await person.page.evaluate(([language, within]) => {
    const clone = document.querySelector(within).cloneNode(true);
    for (const code of clone.querySelectorAll(`code, script, style, [translate=no], [aria-hidden=true], [lang]:not([lang=${language}])`)) code.remove();
    return [clone.innerText, ...[...clone.querySelectorAll("[aria-label],[title],[placeholder]")].flatMap((element) =>
      ["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""))].join("\n");
  }, [language, within]);
  const own = besides.reduce((left, said) => left.replaceAll(said, " "), text);
  return own.replace(FOREIGN[language], "").match(OTHER_LETTERS[language]) ?? [];
}

/** Everything that is wrong with what a person sees now. `rules`: what axe looks at; null: nothing, because it was looked at in another language. */
export async function findings(person, { isPatient, language, rules }) {
  const told = rules === null ? [] : await person.inspect({ rules });
  const words = await foreign(person, language);
  if (words.length > 0) told.push(`another language: ${words.join(" | ")}`);
  const out = await outside(person, isPatient ? NARROW.patient : NARROW.console);
  if (out !== null) told.push(`sticks out by ${out}`);
  if (!isPatient) return told;
  told.push(...(await small(person)).map((control) => `too small: ${control}`));
  told.push(...(await cutOff(person)));
  return told;
}
