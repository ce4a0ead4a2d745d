/** Forms in dialogs: nothing wrong is sent, a refusal stands at its field or over the buttons, and what was saved is told. */
import "@testing-library/jest-dom/vitest";
import { ApiProblem } from "@consilium/kit/api";
import { TextInput } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { EN as en } from "../../testing/words.ts";
import { DialogForm } from "./DialogForm.tsx";
import { useDialogForm } from "./useDialogForm.ts";

beforeAll(() => speakEnglish());

interface Typed {
  readonly name: string;
}

interface Wish {
  send: (form: Typed) => Promise<string>;
  onSaved?: (saved: string) => void;
}

function Form({ send, onSaved = () => undefined }: Wish) {
  const { form, change, errorOf, dialog } = useDialogForm<Typed, string>({
    begin: () => ({ name: "" }),
    check: ({ name }) => (name === "" ? { name: "apiKeys.error.name" } : {}),
    send,
    onSaved,
    fields: { full_name: "name" },
  });
  return (
    <DialogForm submit="Save" {...dialog} onClose={() => undefined}>
      <TextInput
        label="Name"
        value={form.name}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
    </DialogForm>
  );
}

const shown = (wish: Wish) => renderInConsole(<Form {...wish} />);

async function send(name: string): Promise<void> {
  if (name !== "") await userEvent.type(screen.getByLabelText("Name"), name);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
}

it("sends nothing while something is wrong, and says what", async () => {
  const sent = vi.fn(async () => "saved");
  shown({ send: sent });
  await send("");
  expect(screen.getByText(en.apiKeys.error.name)).toBeVisible();
  expect(sent).not.toHaveBeenCalled();
});

it("sends what stands in it, and tells what was saved", async () => {
  const sent = vi.fn(async ({ name }: Typed) => `${name}, saved`);
  const onSaved = vi.fn();
  shown({ send: sent, onSaved });
  await send("Vera");
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(sent).toHaveBeenCalledWith({ name: "Vera" });
  expect(onSaved.mock.calls[0]?.[0]).toBe("Vera, saved");
});

it("puts a refusal to its field, by whatever name the service calls it", async () => {
  const errors = [{ field: "full_name", message: "Somebody has this name." }];
  shown({
    send: async () => {
      throw new ApiProblem("invalid", 422, "See `errors`.", { errors });
    },
  });
  await send("Vera");
  expect(await screen.findByText("Somebody has this name.")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("says over the buttons what has no field", async () => {
  shown({
    send: async () => {
      throw new ApiProblem("conflict", 409, "It was changed meanwhile. Look again.");
    },
  });
  await send("Vera");
  expect(await screen.findByRole("alert")).toHaveTextContent("It was changed meanwhile. Look again.");
});
