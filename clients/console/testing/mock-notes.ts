/** Notes, canned replies, macros and tags of the pretend clinic. */
import type { Canned, Macro, Note, Page, Tag } from "@consilium/kit/api";

const PETROVA = { id: "petrova", name: "Петрова Ирина" };
const SOKOLOV = { id: "sokolov", name: "Соколов Андрей" };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export function mockCanned(): Canned[] {
  const one = (id: string, part: Partial<Canned>): Canned => ({
    id,
    version: 1,
    scope: "shared",
    title: "Приветствие",
    shortcut: "привет",
    language: "ru",
    queues: [],
    text: "Здравствуйте, {{patient.name}}. Меня зовут {{operator.name}}.",
    files: [],
    changed_at: ago(3_000),
    changed_by: SOKOLOV,
    ...part,
  });
  return [
    one("canned-1", {}),
    one("canned-2", {
      title: "Подготовка к анализу крови",
      shortcut: "кровь",
      text: "Приходите утром, натощак. Воду пить можно.",
      files: [
        { id: "file-1", name: "Перед анализом.pdf", media_type: "application/pdf", size_bytes: 81_920 },
      ],
    }),
    one("canned-3", { scope: "personal", title: "До свидания", shortcut: "пока", text: "Будьте здоровы." }),
  ];
}

export function mockMacros(): Macro[] {
  const one = (id: string, content: Partial<Macro["content"]>, archived = false): Macro => ({
    id,
    version: 2,
    content: {
      title: "Передать дерматологу",
      shortcut: "кожа",
      queues: [],
      texts: {},
      remove_tags: [],
      add_tags: [],
      note: null,
      files: [],
      mentions: [],
      ending: null,
      ...content,
    },
    archived,
    changed_at: ago(5_000),
    changed_by: SOKOLOV,
  });
  const text =
    "{{patient.name}}, по этому вопросу Вам ответит дерматолог. Оставайтесь здесь: переписка сохранится.";
  return [
    one("macro-1", {
      texts: { ru: text },
      add_tags: ["tag-2"],
      remove_tags: ["tag-1"],
      note: "Снимок просили, пока не прислали.",
      ending: {
        kind: "transfer",
        queue_id: "dermatologist",
        note: "Сыпь второй день, зуд. Снимок обещали прислать.",
      },
    }),
    one("macro-2", {
      title: "Ждём анализ",
      shortcut: "анализ",
      texts: { ru: "Спасибо! Вернусь к Вам, как только придёт результат." },
      files: [{ id: "file-1", name: "Подготовка.pdf", media_type: "application/pdf", size_bytes: 38_000 }],
      ending: { kind: "hold", minutes: 120 },
    }),
    one("macro-3", {
      title: "Жалоба принята",
      shortcut: "жалоба",
      add_tags: ["tag-3"],
      note: "Передано старшей смены.",
    }),
    one("macro-4", { title: "Старый опрос", shortcut: "опрос", ending: { kind: "close", note: null } }, true),
  ];
}

export function mockTags(): Tag[] {
  const one = (id: string, name: string, part: Partial<Tag> = {}): Tag => ({
    id,
    version: 1,
    name,
    names: { ru: name },
    color: "info",
    archived: false,
    changed_at: ago(9_000),
    changed_by: SOKOLOV,
    ...part,
  });
  return [
    one("tag-1", "Аллергия", { color: "warning" }),
    one("tag-2", "Повторный"),
    one("tag-3", "Жалоба", { color: "danger" }),
  ];
}

/** Notes by conversation; two stand on each from the start. */
export class MockNotes {
  private readonly notes = new Map<string, Note[]>();

  page(conversationId: string): Page<Note> {
    const items = this.of(conversationId);
    return { items, next_cursor: null, total: items.length };
  }

  write(conversationId: string, text: string): Note {
    const note = {
      ...this.note(conversationId, crypto.randomUUID(), text),
      created_at: ago(0),
      editable_until: ago(-60),
    };
    this.notes.set(conversationId, [note, ...this.of(conversationId)]);
    return note;
  }

  private of(conversationId: string): Note[] {
    const known = this.notes.get(conversationId) ?? [
      {
        ...this.note(
          conversationId,
          `${conversationId}-2`,
          "@Петрова Ирина, посмотрите, пожалуйста, на давление.",
        ),
        author: SOKOLOV,
        mentions: [PETROVA],
      },
      this.note(conversationId, `${conversationId}-1`, "Просит звонить только вечером."),
    ];
    this.notes.set(conversationId, known);
    return known;
  }

  private note(conversationId: string, id: string, text: string): Note {
    return {
      id,
      version: 1,
      conversation_id: conversationId,
      patient_id: "patient",
      consultation_id: null,
      author: PETROVA,
      created_at: ago(90),
      edited_at: null,
      editable_until: ago(30),
      text,
      mentions: [],
      deleted: null,
    };
  }
}
