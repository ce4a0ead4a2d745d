/** A browser's storage, for tests without a page. */

/** `room`: the longest text that it takes. */
export function pretendStorage(
  kept: Readonly<Record<string, string>> = {},
  room = Number.POSITIVE_INFINITY,
): Storage {
  const texts = new Map(Object.entries(kept));
  return {
    get length() {
      return texts.size;
    },
    key: (at) => [...texts.keys()][at] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      texts.set(key, text);
    },
    removeItem: (key) => void texts.delete(key),
    clear: () => texts.clear(),
  };
}
