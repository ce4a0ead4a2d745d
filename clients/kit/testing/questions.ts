/** A question of an intake form for tests and pretend worlds: it asks by its own name, and for nothing more than an answer. */
import type { Question } from "../api/types.ts";

export const questionSample = (
  link_id: string,
  type: Question["type"],
  more: Partial<Question> = {},
): Question => ({
  link_id,
  type,
  text: link_id,
  required: false,
  repeats: false,
  options: [],
  unit: null,
  minimum: null,
  maximum: null,
  enable_when: null,
  red_flag: null,
  red_flag_from: null,
  red_flag_to: null,
  ...more,
});
