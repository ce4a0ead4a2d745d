/** Signing in and making an account: one calm screen; and coming by an invitation. */
export { SignInView } from "./SignInView.tsx";

export const importInvitation = () => import("./invitation.ts");
