/** Rules of the desk, as far as they concern who sets none up: alarms of supervisors. Rules are made and tried in the settings. */
export { RuleAlarms } from "./RuleAlarms.tsx";
