/** The first screen of the console. */
export { SignInView } from "./SignInView.tsx";
