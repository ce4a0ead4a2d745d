/** Whether somebody is on duty, in words. */
import "@testing-library/jest-dom/vitest";
import { cleanup, screen } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { EN as en } from "../../testing/words.ts";
import { DutySentence, DutyToday } from "./Duty.tsx";

const HOUR_MS = 3_600_000;

beforeAll(() => speakEnglish());

const hours = (from: number, to: number) => ({
  start: new Date(Date.now() + from * HOUR_MS).toISOString(),
  end: new Date(Date.now() + to * HOUR_MS).toISOString(),
});

function shown(times: Parameters<typeof DutySentence>[0]["times"]): void {
  renderInConsole(
    <>
      <p data-testid="sentence">
        <DutySentence times={times} />
      </p>
      <p data-testid="today">
        <DutyToday times={times} />
      </p>
    </>,
  );
}

it("says until when somebody is there, when next, and that nothing is known", () => {
  shown([hours(-1, 1)]);
  expect(screen.getByTestId("sentence")).toHaveTextContent(/^On duty now, until \d/);
  expect(screen.getByTestId("today")).toHaveTextContent(/–/);
  cleanup();
  shown([hours(72, 76)]);
  expect(screen.getByTestId("sentence")).toHaveTextContent(/^Off today\. Next: /);
  expect(screen.getByTestId("today")).toHaveTextContent(en.operators.schedule.closed);
  cleanup();
  shown(null);
  expect(screen.getByTestId("sentence")).toHaveTextContent(en.operators.schedule.none);
  expect(screen.getByTestId("today")).toHaveTextContent("—");
});
