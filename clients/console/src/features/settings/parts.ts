/** All that comes when settings are opened, as one chunk. */
export { SettingsListView } from "./SettingsListView.tsx";
export { SettingsView } from "./SettingsView.tsx";
export { addSettingsWords } from "./words.ts";
