/** The one life-long dialogue, with waiting, the open consultation and the earlier ones in it. */
export { ConversationView } from "./ConversationView.tsx";
export { addConversationWords } from "./words.ts";
