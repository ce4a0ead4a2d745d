/**
 * One conclusion being written: what the server has, what is typed, and how the one becomes the other. No React.
 *
 * Typing is saved by itself after a pause, one save at a time. A colleague who was faster is told by name, and nothing typed
 * is lost: the writer takes the colleague's text or keeps his own.
 */
import { ApiProblem, type ConclusionApi, type ConclusionDraft } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import { type Texts, textsOf, toSave } from "./model.ts";

/** A save follows the last key after so long. */
export const SAVE_PAUSE_MS = 1_000;
/** One that failed and may pass is tried again after so long. */
export const RETRY_MS = 5_000;

export type Saving =
  | { readonly status: "saved" }
  | { readonly status: "waiting" }
  | { readonly status: "saving" }
  | { readonly status: "failed"; readonly problem: ApiProblem }
  /** A colleague saved or signed meanwhile: `theirs` is what stands there now. */
  | { readonly status: "conflict"; readonly by: string; readonly theirs: ConclusionDraft };

export type EditingState =
  | { readonly status: "loading" }
  | { readonly status: "failed"; readonly problem: ApiProblem }
  | {
      readonly status: "ready";
      readonly draft: ConclusionDraft;
      readonly texts: Texts;
      readonly language: string;
      readonly saving: Saving;
      readonly signing: boolean;
      /** Why it was not signed; null: nothing was refused. */
      readonly refusal: ApiProblem | null;
    };

type Ready = Extract<EditingState, { status: "ready" }>;
type Api = Pick<ConclusionApi, "draft" | "save" | "sign" | "amend">;

export class ConclusionEditing {
  readonly state = new Cell<EditingState>({ status: "loading" });
  private readonly api: Api;
  private readonly id: string;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(api: Api, id: string) {
    this.api = api;
    this.id = id;
  }

  async load(): Promise<void> {
    this.closed = false;
    try {
      this.show(await this.api.draft(this.id));
    } catch (error) {
      if (!this.closed) this.state.set({ status: "failed", problem: ApiProblem.of(error) });
    }
  }

  write(code: string, text: string): void {
    const ready = this.ready;
    if (ready === null) return;
    this.put({ texts: new Map(ready.texts).set(code, text) });
    this.touched();
  }

  /** Headings follow with the next save. */
  speak(language: string): void {
    if (this.ready === null) return;
    this.put({ language });
    this.touched();
    void this.flush();
  }

  /** The server's events say that it was changed: read anew, unless something is being typed. */
  told(version: number): void {
    const ready = this.ready;
    if (ready === null || ready.saving.status !== "saved") return;
    // A signature that was not given, or refused, leaves the version as it is.
    if (version < ready.draft.version || (version === ready.draft.version && ready.draft.signing === null))
      return;
    void this.load();
  }

  /** Saves what is typed now. `true`: the server has all of it. */
  async flush(): Promise<boolean> {
    this.stopTimer();
    while (this.running !== null) await this.running;
    if (this.ready?.saving.status === "waiting" || this.ready?.saving.status === "failed") {
      this.running = this.save().finally(() => {
        this.running = null;
      });
      await this.running;
    }
    return this.ready?.saving.status === "saved";
  }

  /** `reason`: null for the first version. `true` when it is signed. */
  async sign(reason: string | null): Promise<boolean> {
    if (this.ready === null || this.ready.signing) return false;
    this.put({ signing: true, refusal: null });
    try {
      if (!(await this.flush()) || this.ready === null) return false;
      const { version } = this.ready.draft;
      this.show(
        await (reason === null ? this.api.sign(this.id, version) : this.api.amend(this.id, version, reason)),
      );
      return true;
    } catch (error) {
      const problem = ApiProblem.of(error);
      if (problem.changedBy === null) this.put({ refusal: problem });
      else await this.conflict(problem);
      return false;
    } finally {
      this.put({ signing: false });
    }
  }

  /** What the colleague wrote stands; what was typed here goes. */
  takeTheirs(): void {
    const saving = this.ready?.saving;
    if (saving?.status === "conflict") this.show(saving.theirs);
  }

  /** What was typed here goes over what the colleague wrote. */
  async keepMine(): Promise<void> {
    const saving = this.ready?.saving;
    if (saving?.status !== "conflict") return;
    this.put({ draft: saving.theirs, saving: { status: "waiting" } });
    await this.flush();
  }

  /** Nobody looks any more: what is typed is saved. */
  close(): void {
    void this.flush();
    this.closed = true;
  }

  /** Whether something typed is not with the server. */
  get isUnsaved(): boolean {
    return this.ready !== null && this.ready.saving.status !== "saved";
  }

  private get ready(): Ready | null {
    const state = this.state.get();
    return state.status === "ready" ? state : null;
  }

  private touched(): void {
    // A conflict is settled first.
    if (this.ready?.saving.status === "conflict") return;
    this.put({ saving: { status: "waiting" }, refusal: null });
    this.startTimer(SAVE_PAUSE_MS);
  }

  private async save(): Promise<void> {
    const ready = this.ready;
    if (ready === null) return;
    this.put({ saving: { status: "saving" } });
    try {
      const draft = await this.api.save(this.id, toSave(ready.draft, ready.texts, ready.language));
      const now = this.ready;
      const typedOn = now !== null && (now.texts !== ready.texts || now.language !== ready.language);
      this.put({ draft, saving: { status: typedOn ? "waiting" : "saved" } });
      if (typedOn) this.startTimer(SAVE_PAUSE_MS);
    } catch (error) {
      const problem = ApiProblem.of(error);
      if (problem.changedBy !== null) await this.conflict(problem);
      else {
        this.put({ saving: { status: "failed", problem } });
        if (problem.mayPass) this.startTimer(RETRY_MS);
      }
    }
  }

  private async conflict(problem: ApiProblem): Promise<void> {
    try {
      const theirs = await this.api.draft(this.id);
      this.put({ saving: { status: "conflict", by: problem.changedBy?.name ?? "", theirs } });
    } catch (error) {
      this.put({ saving: { status: "failed", problem: ApiProblem.of(error) } });
    }
  }

  private show(draft: ConclusionDraft): void {
    if (this.closed) return;
    this.state.set({
      status: "ready",
      draft,
      texts: textsOf(draft),
      language: draft.language,
      saving: { status: "saved" },
      signing: this.ready?.signing ?? false,
      refusal: null,
    });
  }

  private put(change: Partial<Ready>): void {
    const ready = this.ready;
    if (ready !== null) this.state.set({ ...ready, ...change });
  }

  private startTimer(after: number): void {
    this.stopTimer();
    if (!this.closed) this.timer = setTimeout(() => void this.flush(), after);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
