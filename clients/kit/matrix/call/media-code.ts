/** LiveKit's client and what stands on it: loaded when a call is near. */
export const loadMediaCode = () => import("./media-call.ts");
