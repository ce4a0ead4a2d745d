/** A language that is chosen is heard of once; the one in use at first is not. */
import { act, render } from "@testing-library/react";
import i18next from "i18next";
import { I18nextProvider } from "react-i18next";
import { expect, it, vi } from "vitest";
import { useChosenLanguage } from "./BrandProvider.tsx";

function Listener({ onChosen }: { onChosen: () => void }) {
  // Another function with each rendering, as in the apps.
  useChosenLanguage(() => onChosen());
  return null;
}

it("another language is told once, and the first not at all", async () => {
  const words = i18next.createInstance();
  const nothing = { translation: {} };
  await words.init({ lng: "en", resources: { en: nothing, ru: nothing }, react: { useSuspense: false } });
  const chosen = vi.fn();
  const page = () => (
    <I18nextProvider i18n={words}>
      <Listener onChosen={chosen} />
    </I18nextProvider>
  );
  const { rerender } = render(page());
  rerender(page());
  expect(chosen).not.toHaveBeenCalled();
  await act(() => words.changeLanguage("ru"));
  rerender(page());
  expect(chosen).toHaveBeenCalledOnce();
  await act(() => words.changeLanguage("en"));
  expect(chosen).toHaveBeenCalledTimes(2);
});
