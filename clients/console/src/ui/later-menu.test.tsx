/** A menu whose items come after its button: it opens by the press that fetched it, takes the focus and gives it back. */
import { laterPart } from "@consilium/kit/ui/parts";
import { Menu } from "@mantine/core";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { AnchoredMenu } from "./AnchoredMenu.tsx";
import { type MenuProps, useMenuButton } from "./useMenuButton.ts";

beforeAll(() => speakEnglish());

const Items = laterPart(async () => (menu: MenuProps) => (
  <AnchoredMenu {...menu}>
    <Menu.Dropdown>
      <Menu.Item>First</Menu.Item>
    </Menu.Dropdown>
  </AnchoredMenu>
));

function Place() {
  const { button, menu } = useMenuButton();
  return (
    <>
      <button type="button" {...button}>
        More
      </button>
      <Items {...menu} />
    </>
  );
}

it("opens by one press, closes by another, and gives the focus back", async () => {
  renderInConsole(<Place />);
  const button = screen.getByRole("button", { name: "More" });
  expect(button).toHaveAttribute("aria-haspopup", "menu");
  await userEvent.click(button);
  await screen.findByRole("menuitem", { name: "First", hidden: true });
  expect(button).toHaveAttribute("aria-expanded", "true");
  await userEvent.click(button);
  await waitFor(() => expect(screen.queryByRole("menuitem", { hidden: true })).toBeNull());
  expect(button).toHaveAttribute("aria-expanded", "false");
  await userEvent.click(button);
  const item = await screen.findByRole("menuitem", { name: "First", hidden: true });
  expect(item.closest("[role=menu]")).toHaveAttribute("aria-labelledby", button.id);
  // jsdom gives the focus to nothing in a menu whose place it cannot measure.
  fireEvent.keyDown(item, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menuitem", { hidden: true })).toBeNull());
  await waitFor(() => expect(button).toHaveFocus());
});
