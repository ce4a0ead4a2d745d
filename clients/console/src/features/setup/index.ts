/** The first days of an installation: checklist, rehearsal, the end of a demonstration. Its parts come when they are opened. */
export { SetupPlace } from "./SetupPlace.tsx";
export { useMeeting } from "./useMeeting.ts";
