/** Notes of staff on a conversation, and where colleagues mention the caller. Every method is one route; none is for patients. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type { Mention, MentionPage, NewNote, Note, NoteChange, NoteVersion, Page } from "./types.ts";

interface PageQuery {
  limit?: number;
  cursor?: string | null;
}

export class NoteApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  /** Newest first; each reading is recorded. `forbidden`: the notes of this conversation are not open to the caller. */
  async ofConversation(id: string, query: PageQuery = {}): Promise<Page<Note>> {
    const parts = { params: { path: { id }, query: set(query) } };
    return (await answer(this.client.GET("/conversations/{id}/notes", parts))) as Page<Note>;
  }
  /** Of all conversations whose notes are open to the caller. */
  async ofPatient(id: string, query: PageQuery = {}): Promise<Page<Note>> {
    const parts = { params: { path: { id }, query: set(query) } };
    return (await answer(this.client.GET("/patients/{id}/notes", parts))) as Page<Note>;
  }
  /** `request_id` is a UUID made once for each note. */
  async write(conversationId: string, note: NewNote): Promise<Note> {
    const parts = { ...at({ id: conversationId }), body: note };
    return (await answer(this.client.POST("/conversations/{id}/notes", parts))) as Note;
  }
  /** `conflict`: somebody changed it meanwhile, or the author's hour is over. */
  async change(id: string, change: NoteChange): Promise<Note> {
    return (await answer(this.client.PATCH("/notes/{id}", { ...at({ id }), body: change }))) as Note;
  }
  async remove(id: string): Promise<Note> {
    return (await answer(this.client.DELETE("/notes/{id}", at({ id })))) as Note;
  }
  /** What it said before, newest first. */
  async versions(id: string): Promise<NoteVersion[]> {
    return (await answer(this.client.GET("/notes/{id}/versions", at({ id })))).versions;
  }
  async mentions(query: PageQuery = {}): Promise<MentionPage> {
    return answer(this.client.GET("/mentions", { params: { query: set(query) } }));
  }
  async see(mentionId: string): Promise<Mention> {
    return answer(this.client.POST("/mentions/{id}/seen", at({ id: mentionId })));
  }
}
