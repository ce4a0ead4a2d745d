/** Pretend documents: a few as most people have, and more than anybody scrolls through. */
import type { DocumentItem, DocumentsSnapshot, Person } from "@consilium/kit/matrix";

const NAMES = {
  ru: [
    "Анализ крови 12 ноября.pdf",
    "IMG_2041.jpg",
    "Направление на МРТ коленного сустава с описанием и подписью заведующего отделением.pdf",
    "Рентген.zip",
    "Голосовое сообщение.ogg",
    "План лечения.docx",
  ],
  en: [
    "Blood test of 12 November.pdf",
    "IMG_2041.jpg",
    "Referral for an MRI of the knee, with the description and the signature of the head of department.pdf",
    "X-ray.zip",
    "Voice message.ogg",
    "Treatment plan.docx",
  ],
};
const TYPES = [
  "application/pdf",
  "image/jpeg",
  "application/pdf",
  "application/zip",
  "audio/ogg",
  "application/msword",
];
const KINDS = ["file", "image", "file", "file", "audio", "file"] as const;
const DAY_MS = 86_400_000;

export type DocumentsWish = "few" | "many" | "looking" | "unreadable" | "none";

export function pretendDocuments(
  wish: DocumentsWish,
  { roomId, people, ru }: { roomId: string; people: readonly Person[]; ru: boolean },
): { documents: Partial<DocumentsSnapshot>; keptDocuments: Record<string, number> } {
  const count = wish === "none" ? 0 : wish === "many" ? 3_000 : 8;
  const documents = Array.from({ length: count }, (_, index): DocumentItem => {
    const of = index % NAMES.ru.length;
    const kind = KINDS[of] ?? "file";
    const mimetype = TYPES[of] ?? "";
    const source = { at: "server", url: `mxc://x/${index}`, mimetype, encrypted: null } as const;
    return {
      id: `$${index}`,
      roomId,
      kind,
      at: Date.now() - index * 9 * (DAY_MS / (wish === "many" ? 20 : 1)),
      sender: people[index % people.length] as Person,
      file: {
        name: NAMES[ru ? "ru" : "en"][of] ?? "",
        mimetype,
        sizeBytes: 48_000 * (index + 1),
        source,
        thumbnail: kind === "image" ? source : null,
        width: null,
        height: null,
        durationMs: null,
      },
    };
  });
  return {
    documents: {
      documents,
      status: wish === "looking" ? "collecting" : "complete",
      reachedAt: wish === "looking" ? Date.now() - 200 * DAY_MS : null,
      unreadable: wish === "unreadable" ? 3 : 0,
    },
    keptDocuments: count === 0 ? {} : { $0: 48_028, $2: 144_028 },
  };
}
