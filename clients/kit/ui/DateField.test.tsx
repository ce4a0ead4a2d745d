import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { renderWithKit } from "../testing/render.tsx";
import { DateField } from "./DateField.tsx";

function Held({ start, told }: { start: string; told: (value: string) => void }) {
  const [value, setValue] = useState(start);
  return (
    <DateField
      label="Born"
      value={value}
      onChange={(next) => {
        told(next);
        setValue(next);
      }}
    />
  );
}

it("takes digits, shows them as the country writes dates, and tells the date", async () => {
  const told = vi.fn();
  renderWithKit(<Held start="" told={told} />, { language: "ru" });
  const field = screen.getByRole("textbox", { name: "Born" });
  expect(field).toHaveAttribute("placeholder", "ДД.ММ.ГГГГ");
  await userEvent.type(field, "12031990");
  expect(field).toHaveValue("12.03.1990");
  expect(told).toHaveBeenLastCalledWith("1990-03-12");
  await userEvent.type(field, "{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}");
  expect(field).toHaveValue("12.03");
  await userEvent.clear(field);
  expect(told).toHaveBeenLastCalledWith("");
});

it("shows a date that is there already", () => {
  renderWithKit(<Held start="1990-03-12" told={vi.fn()} />);
  expect(screen.getByRole("textbox", { name: "Born" })).toHaveValue("12/03/1990");
});
