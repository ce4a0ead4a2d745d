/** The first time in a browser that keeps pages silent until somebody presses something: the press, and whether it was heard. */

import { soundIsBlocked, unlockSound } from "@consilium/kit/ui/speaker";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { play } from "../attention/sounds.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconVolume } from "../icons.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./Desk.module.css";

/** `silent`: the browser refuses even after a press. */
type Step = "asks" | "played" | "silent";

/** Where something was pressed before, as in a sign-in, sound is about to be possible by itself. */
function waitsForPress(): boolean {
  return navigator.userActivation?.hasBeenActive !== true && soundIsBlocked();
}

export function SoundStep() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { dialog } = useDesk();
  const { soundHeard, volume } = useReadable(prefs.prefs);
  // As the page opened: any press ends the silence, and the line must not go from under the finger.
  const [wasBlocked] = useState(waitsForPress);
  const [step, setStep] = useState<Step>("asks");
  if (!wasBlocked || soundHeard || volume === 0) return null;
  const hear = () =>
    void unlockSound().then((unlocked) => {
      play("waiting", volume);
      setStep(unlocked ? "played" : "silent");
    });
  const heard = () => prefs.change({ soundHeard: true });
  const look = () => {
    heard();
    dialog.set({ kind: "settings" });
  };
  const words = { asks: "sound.step", played: "sound.didYou", silent: "sound.blocked" } as const;
  return (
    <p className={classes.banner} data-tone="info">
      <IconVolume size={18} stroke={1.75} aria-hidden />
      <span role="status">{t(words[step])}</span>
      <span className={classes.bannerButtons}>
        {step === "played" && (
          <Button size="compact-sm" onClick={heard}>
            {t("sound.heardIt")}
          </Button>
        )}
        <Button size="compact-sm" variant={step === "asks" ? "filled" : "default"} onClick={hear}>
          {t(step === "asks" ? "sound.hear" : "sound.again")}
        </Button>
        {step === "asks" ? (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={heard}>
            {t("sound.later")}
          </Button>
        ) : (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={look}>
            {t("sound.notHeard")}
          </Button>
        )}
      </span>
    </p>
  );
}
