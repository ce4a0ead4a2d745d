/** Settings for tests: a section that a supervisor has changed, and a brand that has nothing more to choose from. */
import type { SettingsChoices, SettingsKind, SettingsSection } from "@consilium/kit/api";

export const NO_CHOICES: SettingsChoices = {
  circles: [],
  retention: [],
  legal_profiles: [],
  required_texts: [],
  time_zone: "Europe/Moscow",
  currency: "RUB",
};

export function settingsSection(
  kind: SettingsKind,
  change: Partial<SettingsSection> & { section: string },
): SettingsSection {
  return {
    kind,
    title: null,
    version: 1,
    origin: "console",
    is_there: true,
    is_on: true,
    changed_at: "2026-11-20T10:00:00Z",
    changed_by: { id: "volkova", name: "Vera Volkova" },
    used_by: [],
    ...change,
  };
}
