/** What the looking glass's operators want to come back to. */
import type { ConsultationRow, FollowUp, FollowUpWords, Page } from "@consilium/kit/api";

const NOTES = ["Спросить о самочувствии", "Пришли результаты МРТ", null, "Напомнить о повторном анализе"];

const TEXT =
  "Здравствуйте! Как Вы себя чувствуете после консультации? Если появились вопросы, напишите здесь.";
const MESSAGES: readonly (FollowUp["message"] | undefined)[] = [
  { text: TEXT, state: "sent", at: new Date(Date.now() - 5 * 60_000).toISOString() },
  undefined,
  { text: TEXT, state: "planned", at: null },
];

/** About the first patients of the desk: the first two are due, the rest lies ahead. */
function all(rows: readonly ConsultationRow[], me: string): FollowUp[] {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return rows.slice(0, 6).map((row, place) => ({
    id: `follow-up-${place}`,
    version: 1,
    patient: row.patient,
    consultation_id: row.id,
    state: "open",
    due_at: at(place < 2 ? -5 * (place + 1) : place * 60 * 11),
    is_due: place < 2,
    operator: place % 3 === 2 ? null : { id: me, name: "Петрова Анна" },
    queue: row.queue,
    note: NOTES[place % NOTES.length] ?? null,
    message: MESSAGES[place] ?? null,
    created_at: at(-60 * 24),
    created_by: { id: me, name: "Петрова Анна" },
    ended_at: null,
    ended_by: null,
  }));
}

export function mockFollowUps(url: URL, rows: readonly ConsultationRow[], me: string): Page<FollowUp> {
  const has = (name: string) => url.searchParams.get(name);
  const items = all(rows, me).filter(
    ({ is_due: isDue, patient }) =>
      (has("due") === null || isDue) && (has("patient") === null || patient.id === has("patient")),
  );
  const shown = has("view") === "ended" ? [] : items;
  return { items: shown, next_cursor: null, total: shown.length };
}

export function mockFollowUp(id: string, rows: readonly ConsultationRow[], me: string): FollowUp | undefined {
  return all(rows, me).find((one) => one.id === id);
}

export function mockWords(): FollowUpWords {
  return { language: "ru", text: TEXT, can_be_sent: true };
}
