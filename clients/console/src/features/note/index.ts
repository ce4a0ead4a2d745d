/** Notes of staff: the box over the talk, the part of the card, and who is mentioned. */
export { MentionLines } from "./MentionLines.tsx";
export { NotesPanel, PatientNotes } from "./NotesPanel.tsx";
