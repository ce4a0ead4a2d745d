/** What both apps draw a call with. A folder of its own, so that nothing of it comes before a call is near. */
export { CallControls, type CallControlsProps, Control, type ControlProps } from "./CallControls.tsx";
export { CallStage, type CallStageProps } from "./CallStage.tsx";
export { CallTile, type CallTileProps } from "./CallTile.tsx";
export { CallTimer, type CallTimerProps } from "./CallTimer.tsx";
export { DeviceCheckPanel, type DeviceCheckPanelProps } from "./DeviceCheckPanel.tsx";
export { DeviceSelect, DeviceSettings } from "./DeviceSettings.tsx";
export { DeviceTroubleNotice } from "./DeviceTroubleNotice.tsx";
export { QualityBars } from "./QualityBars.tsx";
export { playTone, type ToneName } from "./tones.ts";
export { useDeviceCheck } from "./useDeviceCheck.ts";
export { type Movable, useMovable } from "./useMovable.ts";
export { useTone } from "./useTone.ts";
export { useTurnTones } from "./useTurnTones.ts";
export { endTitle, isDeviceTrouble, isUnanswered, lineTitle } from "./words.ts";
