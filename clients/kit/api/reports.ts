/** Reports and the wallboard, for supervisors. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type {
  CallbackRow,
  CallRow,
  ConsultationRow,
  Page,
  Report,
  ReportBehind,
  ReportFigure,
  ReportGroup,
  Wallboard,
} from "./types.ts";

export interface ReportQuery {
  /** First and last day, both within, `YYYY-MM-DD` in the clinic's time zone. */
  from: string;
  to: string;
  group?: ReportGroup;
  queue?: string;
  operator?: string;
}

export interface BehindQuery extends ReportQuery {
  /** Key of a row of the report; without it the whole period. */
  key?: string;
  figure?: ReportFigure;
  limit?: number;
  cursor?: string | null;
}

/** What a number counts: one consultation, call or call-back. */
export type BehindRow =
  | { readonly of: "consultation"; readonly row: ConsultationRow }
  | { readonly of: "call"; readonly row: CallRow }
  | { readonly of: "callback"; readonly row: CallbackRow };

/** A file as it was sent. */
export interface NamedFile {
  blob: Blob;
  name: string;
}

export class ReportApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  now(): Promise<Wallboard> {
    return answer(this.client.GET("/reports/now"));
  }
  /** `invalid`: days that end before they begin, or more than a year of them. */
  consultations(query: ReportQuery): Promise<Report> {
    return answer(this.client.GET("/reports/consultations", { params: { query: days(query) } }));
  }
  /** The same as a table for a spreadsheet. */
  async csv(query: ReportQuery): Promise<NamedFile> {
    const call = this.client.GET("/reports/consultations.csv", {
      params: { query: days(query) },
      parseAs: "blob",
    });
    return named(call, `consultations-${query.from}-${query.to}.csv`);
  }
  /** Newest first; behind a length the longest first. All rows of an answer are of one kind. */
  async behind(query: BehindQuery): Promise<Page<BehindRow>> {
    // An empty key is a row too: what nobody led.
    const { key, ...rest } = query;
    const wanted = { ...days(rest), ...(key === undefined ? {} : { key }) };
    const found: ReportBehind = await answer(
      this.client.GET("/reports/consultations/behind", { params: { query: wanted } }),
    );
    const items: BehindRow[] = [
      ...found.consultations.map((row) => ({ of: "consultation" as const, row: row as ConsultationRow })),
      ...found.calls.map((row) => ({ of: "call" as const, row: row as CallRow })),
      ...found.callbacks.map((row) => ({ of: "callback" as const, row: row as CallbackRow })),
    ];
    return { items, next_cursor: found.next_cursor, total: found.total };
  }
}

function days<Q extends ReportQuery>(query: Q) {
  return { ...set(query), from: query.from, to: query.to };
}

/** An answer that is a file, with the name that the server gives it. */
export async function named(
  call: Promise<{ data?: Blob; response: Response }>,
  otherwise: string,
): Promise<NamedFile> {
  const blob = await answer(call);
  const { response } = await call;
  return { blob, name: fileName(response.headers.get("content-disposition")) ?? otherwise };
}

/** The name of `Content-Disposition: …; filename="…"`; null where the server says none, or a browser hides the head from the page. */
export function fileName(disposition: string | null): string | null {
  const name = /;\s*filename="([^"]+)"/i.exec(disposition ?? "")?.[1];
  // A name, never a path.
  return name === undefined || /[/\\]/.test(name) ? null : name;
}
