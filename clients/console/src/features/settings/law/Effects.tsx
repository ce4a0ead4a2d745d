/** What a change would come to for people and records, in sentences. */
import type { SettingsEffect } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import classes from "../Settings.module.css";

export function Effects({ effects }: { effects: readonly SettingsEffect[] }) {
  const words = useEffectWords();
  if (effects.length === 0) return null;
  return (
    <ul className={classes.effects}>
      {effects.map((effect) => {
        const sentences = words(effect);
        return <li key={sentences[0]}>{sentences.join(" ")}</li>;
      })}
    </ul>
  );
}

function useEffectWords(): (effect: SettingsEffect) => string[] {
  const { t } = useTranslation();
  const { date: day } = useFormats();
  return (effect) => {
    if (effect.kind === "classified")
      return [t("brandSettings.effect.classified", { count: effect.records })];
    if (effect.kind === "asked_anew") {
      const { name, agreements, required } = effect;
      const when = t(required ? "brandSettings.effect.askedBefore" : "brandSettings.effect.askedBeside");
      return [t("brandSettings.effect.askedAnew", { name, count: agreements }), when];
    }
    const { name, records, held, first_at: first, last_at: last, new_at: later } = effect;
    const sentences = [t("brandSettings.effect.kept", { name, count: records })];
    if (typeof first === "string" && typeof last === "string")
      sentences.push(t("brandSettings.effect.goes", { first: day(first), last: day(last) }));
    if (held > 0) sentences.push(t("brandSettings.effect.held", { count: held }));
    if (typeof later === "string") sentences.push(t("brandSettings.effect.newAt", { date: day(later) }));
    return sentences;
  };
}
