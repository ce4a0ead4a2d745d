/** The first screen after signing in: the open consultation, the services, what to do in an emergency. */
export { HomeView } from "./HomeView.tsx";
