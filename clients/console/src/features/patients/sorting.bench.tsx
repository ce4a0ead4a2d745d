/** What sorting 10,000 rows costs, 100 ms wanted: the whole of the table's work, for every column; and the live list's. Measures, `npm run bench`. */
import { useTable } from "@tanstack/react-table";
import { renderHook } from "@testing-library/react";
import type { TFunction } from "i18next";
import { describe, it } from "vitest";
import { ago, patient, row } from "../../../testing/rows.ts";
import { listRows, NO_FILTER, SORTS } from "../../live/queue-list.ts";
import { TABLE_FEATURES } from "../../ui/DataTable.tsx";
import { patientColumns } from "./PatientsView.tsx";

const ROWS = 10_000;
const WANTED_MS = 100;
const NAMES = ["Кузнецова", "Ёлкина", "Смирнов", "Anderson", "Михайлов", "Öztürk"] as const;

/** Spread without order, and the same at each run. */
function scattered(index: number): number {
  return (index * 7_919) % ROWS;
}

function name(index: number): string {
  return `${NAMES[scattered(index) % NAMES.length]} ${scattered(index)}`;
}

/** Prints the median of nine. */
function measure(what: string, work: () => void): void {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  const median = times.sort((a, b) => a - b)[4] ?? 0;
  const verdict = median < WANTED_MS ? "met" : "missed";
  process.stdout.write(`${what}: ${median.toFixed(1)} ms (${WANTED_MS} wanted: ${verdict})\n`);
}

const data = Array.from({ length: ROWS }, (_, index) =>
  patient({
    id: String(index),
    name: name(index),
    birth_date: `${1930 + (scattered(index) % 90)}-05-1${index % 10}`,
    consultations: scattered(index) % 40,
    last_consultation_at: ago(scattered(index) * 60),
  }),
);
const columns = patientColumns(((key: string) => key) as TFunction, "ru", Date.now());

describe("the table of patients", () => {
  for (const { id } of columns) {
    it(`sorts ${ROWS} rows by ${id}`, () => {
      const { result } = renderHook(() =>
        useTable({
          features: TABLE_FEATURES,
          columns,
          data,
          getRowId: (each) => each.id,
          enableSortingRemoval: false,
        }),
      );
      const table = result.current;
      table.getRowModel();
      let desc = false;
      measure(`sort by ${id}`, () => {
        desc = !desc;
        table.setSorting([{ id, desc }]);
        table.getRowModel();
      });
    });
  }
});

describe("the live list", () => {
  const rows = data.map((each, index) =>
    row({
      id: each.id,
      requested_at: ago(scattered(index)),
      patient: { id: each.id, name: each.name, age: null, sex: null },
    }),
  );
  for (const sort of SORTS) {
    it(`sorts and filters ${ROWS} rows by ${sort}`, () => {
      measure(`live list by ${sort}`, () => listRows(rows, "waiting", { ...NO_FILTER, sort }, null));
    });
  }
});
