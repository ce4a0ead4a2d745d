/** Reports on periods, for supervisors. */
export { BehindPanel } from "./BehindPanel.tsx";
export { ReportsView } from "./ReportsView.tsx";
