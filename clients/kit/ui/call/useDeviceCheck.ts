/** A device check for as long as a panel is on the screen: opened with it, let go with it. */
import { useEffect, useState } from "react";
import type { DeviceCheck } from "../../matrix/index.ts";

export function useDeviceCheck(
  make: () => Promise<DeviceCheck>,
  what: { microphone: boolean; camera: boolean },
): DeviceCheck | null {
  const [check, setCheck] = useState<DeviceCheck | null>(null);
  const { microphone, camera } = what;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one check for each panel; another maker is the same maker
  useEffect(() => {
    let made: DeviceCheck | null = null;
    let ended = false;
    make().then(
      (ready) => {
        made = ready;
        if (ended) ready.close();
        else setCheck(ready);
      },
      () => undefined,
    );
    return () => {
      ended = true;
      made?.close();
    };
  }, []);
  useEffect(() => {
    if (check !== null) void check.open({ microphone, camera }).catch(() => undefined);
  }, [check, microphone, camera]);
  return check;
}
