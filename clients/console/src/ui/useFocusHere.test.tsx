/** What takes the place of a form in an open dialog has the focus; what comes beside something that has it leaves it there. */
import "@testing-library/jest-dom/vitest";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { EN as en } from "../../testing/words.ts";
import { Sure } from "./Sure.tsx";

beforeAll(() => speakEnglish());

/** `stays`: what was pressed is still there afterwards. */
function Steps({ stays }: { stays: boolean }) {
  const [sure, setSure] = useState(false);
  return (
    <>
      {(stays || !sure) && (
        <button type="button" onClick={() => setSure(true)}>
          Erase
        </button>
      )}
      {sure && (
        <Sure
          submit="For good"
          error={null}
          busy={false}
          onSure={() => undefined}
          onBack={() => setSure(false)}
        >
          <p>It is gone then.</p>
        </Sure>
      )}
    </>
  );
}

function shown(stays: boolean): void {
  renderInConsole(<Steps stays={stays} />);
}

it("the way back has the focus where what was pressed is gone", async () => {
  shown(false);
  await userEvent.click(screen.getByRole("button", { name: "Erase" }));
  expect(screen.getByRole("button", { name: en.cancel })).toHaveFocus();
});

it("a focus that is somewhere stays there", async () => {
  shown(true);
  await userEvent.click(screen.getByRole("button", { name: "Erase" }));
  expect(screen.getByRole("button", { name: "Erase" })).toHaveFocus();
});
