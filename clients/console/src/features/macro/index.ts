/** Macros: offered behind `/` in the composer, previewed and run in a dialog, kept by supervisors in another. */
export { MacroDialog } from "./MacroDialog.tsx";
export { MacroSettingsDialog } from "./MacroSettingsDialog.tsx";
export { useMacroSuggestions } from "./useMacroSuggestions.ts";
