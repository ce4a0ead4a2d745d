/** Saved views: keeping the list on the screen under a name, going to one by its number, and all of them. */
import type { Command } from "./command.ts";
import { key, sequence } from "./shortcut.ts";

/** The first nine have a number: G, then it. */
export const NUMBERED = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export const VIEWS: readonly Command[] = [
  {
    id: "views.save",
    group: "list",
    label: () => "saveView",
    shortcut: key("KeyS", { shift: true }),
    keywords: "views",
    isAllowed: ({ keepable }) => keepable,
    run: (_, effects) => effects.saveView(),
  },
  ...NUMBERED.map(
    (number): Command => ({
      id: `go.view.${number}`,
      group: "go",
      label: () => `goView.${number}`,
      shortcut: sequence("KeyG", `Digit${number}`),
      isAllowed: ({ views }) => views >= number,
      run: (_, effects) => effects.goView(number - 1),
    }),
  ),
  {
    id: "desk.views",
    group: "desk",
    label: () => "views",
    shortcut: null,
    keywords: "views",
    isAllowed: ({ views }) => views > 0,
    run: (_, effects) => effects.openViews(),
  },
];
