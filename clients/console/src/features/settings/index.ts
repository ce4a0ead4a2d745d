/** Settings: what supervisors change of the service while it runs; its parts come when they are opened. */
export { SettingsList, SettingsPanel } from "./SettingsPlaces.tsx";
