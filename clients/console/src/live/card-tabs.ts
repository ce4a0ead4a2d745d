/** What the card beside a talk shows, for each patient: a new one begins with who it is, and whoever comes back to a patient finds the side that he left. */

export type CardTab = "patient" | "conclusion";

/** By patient, the last one turned to standing last; who is not named has his first side in front. */
export type CardTabs = ReadonlyMap<string, CardTab>;

export const NO_CARD_TABS: CardTabs = new Map();

/** More patients than anybody comes back to in a day. */
const REMEMBERED_MAX = 200;

export function cardTabOf(tabs: CardTabs, patientId: string): CardTab {
  return tabs.get(patientId) ?? "patient";
}

export function turnedTo(tabs: CardTabs, patientId: string, tab: CardTab): CardTabs {
  const others = [...tabs].filter(([id]) => id !== patientId);
  if (tab === "patient") return new Map(others);
  return new Map([...others.slice(-(REMEMBERED_MAX - 1)), [patientId, tab]]);
}
