/** A pretend sealed record: what was said, what was sent, and a call. */
import type { Consultation, TranscriptEntry } from "@consilium/kit/api";
import { ago } from "./consultation.ts";

/** What a file that was sent in the open has not. */
const OPEN_FILE = { sha256: null, encrypted_file: null, thumbnail_url: null, voice: null };

interface Both {
  /** Their user ids. */
  me: string;
  doctor: string;
}

export function record(ru: boolean, { me, doctor }: Both, of: Consultation | undefined) {
  const entry = (
    id: string,
    sender: string,
    minutes: number,
    body: string,
    more: Partial<TranscriptEntry> = {},
  ): TranscriptEntry => ({
    event_id: `$${id}`,
    sender: {
      user_id: sender,
      name:
        sender === me ? (ru ? "Анна Кузнецова" : "Anna Kuznetsova") : ru ? "Ирина Петрова" : "Irina Petrova",
      kind: sender === me ? "patient" : "operator",
    },
    sent_at: ago(minutes),
    kind: "text",
    body,
    reply_to: null,
    edited: false,
    file: null,
    trust: null,
    reactions: [],
    ...more,
  });
  const day = 60 * 24 * 9;
  return {
    consultation: of,
    sequence: 12,
    sealed_at: ago(day),
    retention: null,
    held: false,
    erased: null,
    message_count: 3,
    file_count: 1,
    files: [],
    calls: [
      {
        id: "k1",
        kind: "video",
        caller: {
          user_id: "@petrova:demo.test",
          name: ru ? "Ирина Петрова" : "Irina Petrova",
          kind: "operator",
        },
        started_at: ago(day + 50),
        answered_at: ago(day + 50),
        ended_at: ago(day + 45),
        outcome: "completed",
        decline_reason: null,
        talked_seconds: 284,
      },
    ],
    conclusions: [],
    chain: { sequence: 12, hash: "", previous_hash: "", signature_valid: true },
    transcript: [
      entry(
        "a1",
        me,
        day + 60,
        ru ? "Здравствуйте! Пришли анализы, посмотрите, пожалуйста." : "Hello, my test results have come.",
      ),
      entry("a2", me, day + 59, ru ? "Анализ крови.pdf" : "Blood test.pdf", {
        kind: "file",
        file: {
          name: ru ? "Анализ крови.pdf" : "Blood test.pdf",
          mimetype: "application/pdf",
          size_bytes: 248_310,
          url: "mxc://demo/1",
          ...OPEN_FILE,
        },
      }),
      entry("a4", me, day + 58, "photo.jpg", {
        kind: "image",
        file: {
          name: "photo.jpg",
          mimetype: "image/jpeg",
          size_bytes: 812_000,
          url: "mxc://demo/2",
          ...OPEN_FILE,
        },
      }),
      entry(
        "a3",
        doctor,
        day + 50,
        ru ? "Добрый день, Анна. Всё в пределах нормы." : "Good afternoon, Anna. All within limits.",
        { reply_to: "$a1" },
      ),
    ],
  };
}
