/** Signing in and making an account: one calm screen. */
export { SignInView } from "./SignInView.tsx";
