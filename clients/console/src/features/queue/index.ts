/** The live lists: waiting, mine, active, on hold. */
export { QueueListView } from "./QueueListView.tsx";
