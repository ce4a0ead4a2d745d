/** A schedule in the operator's form: written by the week, what is wrong stands at its day, whoever found it. */
import "@testing-library/jest-dom/vitest";
import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { useState } from "react";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../../testing/in-console.tsx";
import { EN as en } from "../../../testing/words.ts";
import { checkForm, emptyForm, type OperatorForm } from "./model.ts";
import { ScheduleFields } from "./ScheduleFields.tsx";

beforeAll(() => speakEnglish());

const NOTHING: ReadonlyMap<string, string> = new Map();

function Fields({ refused }: { refused: ReadonlyMap<string, string> }) {
  const [form, setForm] = useState<OperatorForm>(emptyForm);
  const wrong = checkForm(form, "clinic.test");
  const errorOf = (field: string) => {
    const key = wrong[field];
    return key === undefined ? refused.get(field) : i18next.t(key);
  };
  return (
    <ScheduleFields
      form={form}
      errorOf={errorOf}
      refused={refused}
      change={(part) => setForm({ ...form, ...part })}
    />
  );
}

function shown(refused = NOTHING): void {
  renderInConsole(<Fields refused={refused} />);
}

const day = (name: string) => screen.getByRole("listitem", { name });
const time = (which: string) => screen.getByLabelText(which, { exact: true });

it("begins with a working week, and says at its day what is wrong", async () => {
  shown();
  expect(screen.queryByRole("list")).toBeNull();
  await userEvent.click(screen.getByText(en.hours.week));
  expect(time("Monday, time 1: from")).toHaveValue("09:00");
  expect(within(day("Sunday")).getByText(en.operators.schedule.closed)).toBeVisible();
  fireEvent.change(time("Monday, time 1: to"), { target: { value: "08:00" } });
  expect(within(day("Monday")).getByText(en.operators.error.laterEnd)).toBeVisible();
  expect(within(day("Tuesday")).queryByText(en.operators.error.laterEnd)).toBeNull();
});

it("shows what the service refused at the day of that time, and the zone in which the week is written", async () => {
  shown(new Map([["hours[0]", "Not so."]]));
  await userEvent.click(screen.getByText(en.hours.week));
  expect(within(day("Monday")).getByText("Not so.")).toBeVisible();
  expect(screen.getByLabelText(en.operators.time_zone)).toHaveAttribute("placeholder", "Europe/Moscow");
});
