/** The brand's own fields of a consultation: in its card, and their form. A patient's stand on his card. */
export { FieldsDialog } from "./FieldsDialog.tsx";
export { FieldsPanel } from "./FieldsPanel.tsx";
