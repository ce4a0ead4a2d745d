/** One act on several rows of a list: its form, what came of it, the way back. */
export { BulkDialog } from "./BulkDialog.tsx";
export { BulkUndo } from "./BulkUndo.tsx";
