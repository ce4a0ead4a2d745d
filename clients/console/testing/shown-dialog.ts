/** The dialog of a test once it can be seen: in its first frames it is in the page and fades in. */
import "@testing-library/jest-dom/vitest";
import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

export async function shownDialog(): Promise<HTMLElement> {
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(dialog).toBeVisible());
  return dialog;
}
