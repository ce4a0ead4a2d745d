/** Commands of a call: answering, beginning and ending one, and what is switched in it. */
import type { Command } from "./command.ts";
import { key } from "./shortcut.ts";

/** One key for «talk to this patient»: answers what rings, joins what is on, else calls. */
function callWords(ringing: string, joining: string, calling: string): Command["label"] {
  return ({ call }) => (call.at === "ringing" ? ringing : call.mayJoin ? joining : calling);
}

const mayCall: Command["isAllowed"] = ({ call }) =>
  call.at === "ringing" || (call.at === "none" && (call.mayJoin || call.mayStart));

const inCall: Command["isAllowed"] = ({ call }) => call.at === "in";

export const CALL: readonly Command[] = [
  {
    id: "call.audio",
    group: "call",
    label: callWords("answerAudio", "joinAudio", "callAudio"),
    shortcut: key("KeyC"),
    keywords: "call",
    isAllowed: mayCall,
    run: (_, effects) => effects.call("audio"),
  },
  {
    id: "call.video",
    group: "call",
    label: callWords("answerVideo", "joinVideo", "callVideo"),
    shortcut: key("KeyC", { shift: true }),
    keywords: "call",
    isAllowed: mayCall,
    run: (_, effects) => effects.call("video"),
  },
  {
    id: "call.decline",
    group: "call",
    label: () => "declineCall",
    shortcut: key("KeyD", { shift: true }),
    isAllowed: ({ call }) => call.at === "ringing",
    run: (_, effects) => effects.declineCall(),
  },
  {
    id: "call.microphone",
    group: "call",
    label: ({ call }) => (call.microphone ? "mute" : "unmute"),
    shortcut: key("KeyM"),
    isAllowed: inCall,
    run: (_, effects) => effects.toggleMicrophone(),
  },
  {
    id: "call.camera",
    group: "call",
    label: ({ call }) => (call.camera ? "cameraOff" : "cameraOn"),
    shortcut: key("KeyV"),
    isAllowed: inCall,
    run: (_, effects) => effects.toggleCamera(),
  },
  {
    id: "call.talk",
    group: "call",
    label: () => "holdToTalk",
    shortcut: key("Space"),
    isAllowed: ({ call }) => call.at === "in" && !call.microphone,
    run: (_, effects) => effects.holdToTalk(),
  },
  {
    id: "call.screen",
    group: "call",
    label: ({ call }) => (call.screen ? "screenOff" : "screenOn"),
    shortcut: null,
    isAllowed: ({ call }) => call.at === "in" && call.mayShareScreen,
    run: (_, effects) => effects.toggleScreen(),
  },
  {
    id: "call.move",
    group: "call",
    label: ({ call }) => (call.floats ? "dockCall" : "floatCall"),
    shortcut: key("KeyI"),
    isAllowed: inCall,
    run: (_, effects) => effects.moveCall(),
  },
  {
    id: "call.invite",
    group: "call",
    label: () => "inviteIntoCall",
    shortcut: null,
    keywords: "invite",
    isAllowed: ({ call }) => call.at === "in" && call.mayInvite,
    run: (_, effects) => effects.inviteIntoCall(),
  },
  {
    id: "call.hang-up",
    group: "call",
    label: ({ call }) => (call.at === "calling" ? "cancelCall" : "hangUp"),
    shortcut: key("KeyH", { shift: true }),
    isAllowed: ({ call }) => call.at === "in" || call.at === "calling",
    run: (_, effects) => effects.hangUp(),
  },
];
