/** Sends an act on several, or gives the table that was asked for to the person. */
import { BulkApi, type BulkFate } from "@consilium/kit/api";
import { saveBlob } from "@consilium/kit/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { BulkWish } from "../../desk/desk.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import type { BulkAct } from "./model.ts";

/** Spreadsheets read it as UTF-8 by its first three bytes. */
const BYTE_ORDER_MARK = "\uFEFF";

export function useBulk(wish: BulkWish): {
  readonly act: (act: BulkAct) => Promise<BulkFate[]>;
  readonly carryAway: () => Promise<BulkFate[]>;
} {
  const { api } = useConsole();
  const client = useQueryClient();
  const bulk = new BulkApi(api.client);
  const ids = wish.rows.map(({ id }) => id);
  // The same press again, after an answer that was lost, is the same request; another act is another one.
  const sent = useRef<{ readonly of: string; readonly id: string } | null>(null);
  return {
    act: async (act) => {
      const of = JSON.stringify(act);
      if (sent.current?.of !== of) sent.current = { of, id: crypto.randomUUID() };
      const fates = await bulk.act({ ids, act, request_id: sent.current.id });
      // What was asked for by pages is told by no stream.
      void client.invalidateQueries({ queryKey: ["archive"] });
      return fates;
    },
    carryAway: async () => {
      const { table, rows } = await (wish.of === "patients"
        ? bulk.exportPatients(ids)
        : bulk.exportConsultations(ids));
      saveBlob(new Blob([BYTE_ORDER_MARK, table], { type: "text/csv;charset=utf-8" }), fileName(wish.of));
      return rows;
    },
  };
}

function fileName(of: BulkWish["of"]): string {
  return `${of}-${new Date().toISOString().slice(0, 10)}.csv`;
}
