/** Where somebody is signed in, in plain words, and signing out there. */

export { type Seen, seenOf } from "./model.ts";
export { SignInPlaces, type SignInPlacesProps } from "./SignInPlaces.tsx";
export { signInsWords } from "./words.ts";
