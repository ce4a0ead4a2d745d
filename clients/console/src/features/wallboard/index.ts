/** The desk at one glance, for a supervisor's second screen or a wall. */
export { toggleFullScreen } from "./full-screen.ts";
export { WallboardView } from "./WallboardView.tsx";
