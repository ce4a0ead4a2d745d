/** The audit log, for supervisors. */
export { AuditPanel, AuditView } from "./AuditView.tsx";
export { CardReaders } from "./CardReaders.tsx";
