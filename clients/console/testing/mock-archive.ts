/** The archive of the pretend service. */
import type { ConsultationRow } from "@consilium/kit/api";
import { ERASED, STANDARD } from "./mock-retention.ts";

/** What is sealed, as rows of the archive. */
export function archiveRows(rows: readonly ConsultationRow[]) {
  return rows.map((row, index) => ({
    consultation: row,
    sequence: rows.length - index,
    sealed_at: row.ended_at ?? row.requested_at,
    message_count: row.message_count,
    file_count: index % 4,
    retention: { class: STANDARD, due_at: row.requested_at },
    held: index < 2,
    erased: row.erased_at === null ? null : ERASED,
  }));
}

/** Whatever is searched for stands in the same sentence. */
export function found(rows: ReturnType<typeof archiveRows>) {
  const snippet = (source: string, by: string | null) => ({
    source,
    at: rows[0]?.sealed_at ?? null,
    by,
    parts: [
      { text: "…and since yesterday the ", hit: false },
      { text: "rash", hit: true },
      { text: " itches at night, above all on the left arm…", hit: false },
    ],
  });
  const items = rows.map((row, index) => ({
    ...row,
    snippets: [
      snippet("message", row.consultation.patient.name),
      ...(index === 0 ? [snippet("note", "Dr Petrova")] : []),
    ],
  }));
  return { items, next_cursor: null, total: items.length, to_index: 2 };
}
