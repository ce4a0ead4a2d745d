/** About me, how the app looks and speaks, documents, signing out. */
export { ProfileView } from "./ProfileView.tsx";
export { addProfileWords } from "./words.ts";
