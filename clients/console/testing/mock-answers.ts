/** What the pretend patients answered when they asked. */
import type { Answered, ConsultationRow } from "@consilium/kit/api";

/** What parents answer the paediatrician. */
export function answersOf({ queue, red_flag, requested_at }: ConsultationRow): Answered | null {
  if (queue.id !== "paediatrician") return null;
  const choice = (link_id: string, text: string, chosen: string[], flag = false) => ({
    link_id,
    text,
    type: "choice" as const,
    value: chosen.map((_, place) => `${place}`),
    chosen,
    unit: null,
    red_flag: flag,
  });
  return {
    title: "Несколько вопросов о ребёнке",
    answered_at: requested_at,
    items: [
      choice("age", "Сколько лет ребёнку?", ["От 1 до 6 лет"]),
      choice("signs", "Есть ли что-то из этого?", red_flag ? ["Тяжело дышит", "Сыпь"] : ["Сыпь"], red_flag),
      { ...choice("highest", "Какая была самая высокая?", []), type: "decimal", value: 38.4, unit: "°C" },
    ],
  };
}
