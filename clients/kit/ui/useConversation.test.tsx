import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Cell } from "../matrix/store.ts";
import type { Engine, TextDraft } from "../matrix/types.ts";
import { useConversation } from "./useConversation.ts";

const photo = new File(["x"], "arm.jpg", { type: "image/jpeg" });
const letter = new File(["y"], "letter.txt", { type: "text/plain" });

/** A client whose drafts outlive the screen, and whose outbox takes what `sendFile` lets it. */
function world(sendFile: (file: File) => Promise<void>) {
  const kept = { draft: null as TextDraft | null, files: [] as readonly File[] };
  const said: string[] = [];
  const timeline = {
    snapshot: new Cell({ items: [] }),
    close: () => undefined,
    sendText: async ({ text }: TextDraft) => void said.push(text),
    sendFile: async (file: File) => {
      await sendFile(file);
      said.push(file.name);
    },
  };
  const engine = {
    timeline: () => timeline,
    drafts: {
      load: async () => kept.draft,
      save: async (_room: string, draft: TextDraft) => {
        kept.draft = draft.text === "" && draft.replyTo === null ? null : draft;
      },
      loadFiles: async () => kept.files,
      saveFiles: async (_room: string, files: readonly File[]) => {
        kept.files = files;
      },
    },
  } as unknown as Engine;
  const open = () => renderHook(() => useConversation(engine, "!r")).result;
  return { kept, said, open };
}

async function written(screen: ReturnType<ReturnType<typeof world>["open"]>): Promise<void> {
  await act(async () => screen.current.attach([photo, letter]));
  await act(async () => screen.current.setDraft({ text: "Look", replyTo: null }));
}

it("sends files in their order and then the words, and keeps nothing of them", async () => {
  const { kept, said, open } = world(async () => undefined);
  const screen = open();
  await written(screen);
  await act(async () => screen.current.send());
  expect(said).toEqual(["arm.jpg", "letter.txt", "Look"]);
  expect(kept).toEqual({ draft: null, files: [] });
});

it("has what was attached and typed again where the app was closed while it was being sent", async () => {
  const { kept, said, open } = world((file) =>
    file === letter ? new Promise<void>(() => undefined) : Promise.resolve(),
  );
  const screen = open();
  await written(screen);
  await act(async () => void screen.current.send());
  expect(said).toEqual(["arm.jpg"]);
  await waitFor(() => expect(kept.files).toEqual([letter]));
  const again = open();
  await waitFor(() => expect(again.current.attached).toEqual([letter]));
  expect(again.current.draft.text).toBe("Look");
});

it("gives back what could not be taken", async () => {
  const { open } = world(vi.fn().mockRejectedValue(new Error("no room")));
  const screen = open();
  await written(screen);
  await act(async () => screen.current.send().catch(() => undefined));
  expect(screen.current.attached).toEqual([photo, letter]);
  expect(screen.current.draft.text).toBe("Look");
});
