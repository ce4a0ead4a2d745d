/** Operators: list, cards, adding and editing (supervisors). */
export { OperatorDialog } from "./OperatorDialog.tsx";
export { OperatorPanel } from "./OperatorPanel.tsx";
export { OperatorsView } from "./OperatorsView.tsx";
