/** What goes of the pretend clinic's archive, its legal holds, and the certificate of an erasure. */
import type {
  ConsultationRow,
  DueCount,
  DuePage,
  Erased,
  ErasureCertificate,
  LegalHold,
  Page,
} from "@consilium/kit/api";

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

export const STANDARD = { id: "standard", name: "Медицинские записи" };
const VOLKOVA = { id: "volkova", name: "Волкова Елена" };

export const ERASED: Erased = {
  at: ago(2),
  cause: "by_hand",
  by: VOLKOVA.name,
  reason: "Заявление пациента от 12 ноября",
};

/** A hold on a record, or where it is null on all records of the patient. */
export function hold(id: string, row: ConsultationRow, whole = false): LegalHold {
  return {
    id,
    patient: row.patient,
    consultation: whole ? null : { id: row.id, queue: row.queue, requested_at: row.requested_at },
    reason: whole ? "Запрос следователя № 40-17" : "Дело № 2-1184/2026, районный суд",
    placed_at: ago(whole ? 40 : 12),
    placed_by: VOLKOVA,
    lifted: null,
  };
}

/** The first of the rows are held, one by itself and one with its patient. */
export function holdsOf(rows: readonly ConsultationRow[], view: string | null): Page<LegalHold> {
  const [first, second] = rows;
  const active = [
    ...(first === undefined ? [] : [hold("h1", first)]),
    ...(second === undefined ? [] : [hold("h2", second, true)]),
  ];
  const over = { at: ago(3), by: VOLKOVA, reason: "Дело закрыто" };
  const items = view === "lifted" ? active.slice(0, 1).map((one) => ({ ...one, lifted: over })) : active;
  return { items, next_cursor: null, total: items.length };
}

export function duePage(rows: readonly ConsultationRow[], days: number): DuePage {
  const going = rows.slice(0, days === 1 ? 4 : 12);
  const holds = holdsOf(rows, null).items;
  const items = going.map((row, index) => {
    const on = holds.filter(({ patient, consultation }) =>
      consultation === null ? patient.id === row.patient.id : consultation.id === row.id,
    );
    return {
      consultation: row,
      sequence: rows.length - index,
      sealed_at: row.ended_at ?? row.requested_at,
      message_count: row.message_count,
      file_count: index % 4,
      retention: { class: STANDARD, due_at: ago(-1) },
      held: on.length > 0,
      erased: null,
      goes_at: on.length > 0 ? null : ago(-1 - index / 4),
      holds: on,
    };
  });
  const counts = new Map<string, DueCount>();
  for (const { consultation, held } of items) {
    const { queue } = consultation;
    const before = counts.get(queue.id) ?? { class: STANDARD, queue, count: 0, held: 0 };
    counts.set(queue.id, {
      ...before,
      count: before.count + 1,
      held: before.held + (held ? 1 : 0),
    });
  }
  return { items, next_cursor: null, total: items.length, at_least: false, counts: [...counts.values()] };
}

export function certificate(id: string, row?: ConsultationRow): ErasureCertificate {
  return {
    consultation_id: id,
    patient_id: row?.patient.id ?? "p1",
    queue: row?.queue ?? { id: "therapist", name: "Терапевт" },
    requested_at: row?.requested_at ?? ago(30),
    ended_at: row?.ended_at ?? ago(30),
    erased: ERASED,
    retention: { class: STANDARD, due_at: ago(-9_000) },
    records: [{ sequence: 12, hash: "ab".repeat(32), sealed_at: ago(30), message_count: 9, file_count: 1 }],
    counts: {
      notes: 1,
      conclusions: 1,
      calls: 0,
      tags: 2,
      comments: 1,
      answers: 1,
      fields: 0,
      follow_ups: 0,
    },
    files: [
      { url: "mxc://demo.test/1", gone_at: ago(2) },
      { url: "mxc://demo.test/2", gone_at: null },
    ],
    remains: [
      "Резервные копии, сделанные до удаления: копия, в которую вошла таблица ключей записей, позволяет открыть запись, пока копию не перезапишут или не удалят.",
      "Сама переписка: зашифрованные сообщения на сервере и то, что пациент и сотрудники хранят на своих устройствах.",
    ],
    proof: {
      chain: { sequence: 40, hash: "cd".repeat(32), previous_hash: "ef".repeat(32), signature_valid: true },
      tombstone: "{}",
      signature: "00".repeat(64),
      verifying_key: "11".repeat(32),
      reason_salt: "22".repeat(16),
    },
  };
}
