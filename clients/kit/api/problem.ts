/** Errors of the consultation API: RFC 9457 problems, and what a screen may do with them. */

/** The service's own. */
const SLUGS = [
  "unauthenticated",
  "forbidden",
  /** Only a sign-in of the last minutes may do this. */
  "sign-in-stale",
  "not-found",
  "invalid",
  /** Nobody works at the time that a field of it names. */
  "outside-hours",
  "taken",
  /** Nobody who could be asked is on duty. */
  "nobody-there",
  /** Somebody else is being asked first. */
  "offered",
  "conflict",
  /** The account is so new that its keys are not set up; its app does so by itself. */
  "keys-missing",
  /** The form's proof of work is wrong, used or old. */
  "challenge-failed",
  "rate-limited",
  "too-large",
  "unavailable",
  /** The media server is away; everything else works. */
  "calls-unavailable",
  /** The consultation is not closed before its conclusion is signed. */
  "conclusion-required",
  /** The consultation is not closed before fields of the brand's own are filled in: `fields` names them. */
  "fields-required",
  /** The patient has to agree to something first. */
  "consents-missing",
  /** What the patient was shown is not the text of today. */
  "consent-changed",
  /** The link of an invitation does nothing any more: `invitation` says why. */
  "invitation-over",
  /** Nobody comes in by it any more: `queue_invitation` says why. */
  "queue-invitation-over",
  /** What was said in it was erased: nobody can read it any more. */
  "erased",
  /** A legal hold is on it. */
  "held",
] as const;

export type ProblemSlug =
  | (typeof SLUGS)[number]
  /** Ours: the server could not be reached at all. */
  | "offline"
  /** Ours: an answer that is no problem document. */
  | "unexpected";

export interface FieldError {
  field: string;
  message: string;
  /** A short word for what is wrong, by which an app finds its own sentence; absent: `message` has to do. */
  code?: string | null;
  /** What such a sentence names. */
  params?: Readonly<Record<string, string>> | null;
}

/** Time may mend these: what failed so is tried again. */
const PASSING: readonly ProblemSlug[] = ["offline", "unavailable", "rate-limited", "unexpected"];

/** One failed call. `slug` decides what the screen does; `detail` is for people, in their language. */
export class ApiProblem extends Error {
  readonly slug: ProblemSlug;
  readonly status: number;
  readonly detail: string;
  readonly members: Record<string, unknown>;

  constructor(slug: ProblemSlug, status: number, detail: string, members: Record<string, unknown> = {}) {
    super(`${slug}: ${detail}`);
    this.name = "ApiProblem";
    this.slug = slug;
    this.status = status;
    this.detail = detail;
    this.members = members;
  }

  /** What was thrown, whatever it is. */
  static of(error: unknown): ApiProblem {
    return error instanceof ApiProblem ? error : new ApiProblem("unexpected", 0, String(error));
  }

  get mayPass(): boolean {
    return PASSING.includes(this.slug);
  }

  /** For `taken`: who was first. */
  get takenBy(): { id: string; name: string } | null {
    return this.person("taken_by");
  }

  /** For `offered`: who is being asked. */
  get offeredTo(): { id: string; name: string } | null {
    return this.person("offered_to");
  }

  /** For `conflict` of a conclusion: who saved or signed meanwhile. */
  get changedBy(): { id: string; name: string } | null {
    return this.person("changed_by");
  }

  private person(member: string): { id: string; name: string } | null {
    const person = this.members[member];
    if (typeof person !== "object" || person === null) return null;
    const { id, name } = person as { id?: unknown; name?: unknown };
    return typeof id === "string" && typeof name === "string" ? { id, name } : null;
  }

  /** For `invalid` and `fields-required`: the fields, in the server's words. */
  get fields(): FieldError[] {
    return Array.isArray(this.members.errors) ? (this.members.errors as FieldError[]) : [];
  }

  /** For `rate-limited`: milliseconds, or 0. */
  get retryAfterMs(): number {
    const after = this.members.retry_after_ms;
    return typeof after === "number" ? after : 0;
  }

  /** For `conflict` of an order: the call-back that is open already. */
  get callbackId(): string | null {
    const id = this.members.callback_id;
    return typeof id === "string" ? id : null;
  }

  /** For `invitation-over`: what became of it. */
  get invitation(): "used" | "expired" | "taken_back" {
    const { invitation } = this.members;
    return invitation === "used" || invitation === "taken_back" ? invitation : "expired";
  }

  /** For `queue-invitation-over`: what became of it. */
  get queueInvitation(): "expired" | "declined" | "taken_back" | "over" {
    const { queue_invitation: became } = this.members;
    return became === "expired" || became === "declined" || became === "taken_back" ? became : "over";
  }

  /** For `conflict` of a start: the consultation that is open already. */
  get consultationId(): string | null {
    const id = this.members.consultation_id;
    return typeof id === "string" ? id : null;
  }
}

const TYPE_PREFIX = "urn:consilium:problem:";
/** Reads a failed response; never throws. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null) {
    return new ApiProblem(slugOfStatus(response.status), response.status, response.statusText);
  }
  return problemIn({ title: response.statusText, ...body, status: response.status });
}

/** A problem that stands in a body, as that of one row of several. */
export function problemIn(body: object): ApiProblem {
  const { type, title, detail, status: said, ...members } = body as Record<string, unknown>;
  const status = typeof said === "number" ? said : 0;
  const slug = typeof type === "string" && type.startsWith(TYPE_PREFIX) ? type.slice(TYPE_PREFIX.length) : "";
  const known = SLUGS.find((one) => one === slug) ?? slugOfStatus(status);
  const words = typeof detail === "string" ? detail : typeof title === "string" ? title : "";
  return new ApiProblem(known, status, words, members);
}

function slugOfStatus(status: number): ProblemSlug {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 410) return "erased";
  if (status === 413) return "too-large";
  if (status === 429) return "rate-limited";
  if (status >= 502 && status <= 504) return "unavailable";
  return "unexpected";
}
