/** The operator's settings of this browser: look, sounds, keys; and where else he is signed in. */
import { SignInPlaces } from "@consilium/kit/sign-ins";
import { LanguageSwitch, ThemeSwitch } from "@consilium/kit/ui";
import { unlockSound } from "@consilium/kit/ui/speaker";
import { Button, Modal, Slider, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { play, type SoundName } from "../attention/sounds.ts";
import { IconVolume, IconVolumeOff } from "../icons.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./SettingsDialog.module.css";

const SOUND_NAMES: readonly SoundName[] = ["waiting", "mine", "late", "overdue", "error"];

export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("settings.title")} size="md">
      {opened && (
        <div className={classes.settings}>
          <LanguageSwitch />
          <ThemeSwitch />
          <Rows />
          <Sounds />
          <Notifications />
          <SingleKeys />
          <SignIns />
        </div>
      )}
    </Modal>
  );
}

function Rows() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { density } = useReadable(prefs.prefs);
  return (
    <Switch
      label={t("settings.dense")}
      description={t("settings.denseHint")}
      checked={density === "dense"}
      onChange={(event) => prefs.change({ density: event.currentTarget.checked ? "dense" : "comfortable" })}
    />
  );
}

function Sounds() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { volume } = useReadable(prefs.prefs);
  const [isSilent, setSilent] = useState(false);
  const test = (name: SoundName) =>
    void unlockSound().then((unlocked) => {
      setSilent(!unlocked);
      play(name, Math.max(volume, 0.2));
      if (unlocked) prefs.change({ soundHeard: true });
    });
  return (
    <fieldset className={classes.group}>
      <legend>{t("settings.sounds")}</legend>
      <div className={classes.volume}>
        {volume === 0 ? (
          <IconVolumeOff size={20} stroke={1.75} aria-hidden />
        ) : (
          <IconVolume size={20} stroke={1.75} aria-hidden />
        )}
        <Slider
          className={classes.slider}
          min={0}
          max={1}
          step={0.05}
          value={volume}
          onChange={(value) => prefs.change({ volume: value })}
          label={(value) => `${Math.round(value * 100)} %`}
          thumbLabel={t("settings.volume")}
          thumbProps={{ "aria-valuetext": `${Math.round(volume * 100)} %` }}
        />
      </div>
      <div className={classes.tests} role="group" aria-label={t("sound.hear")}>
        {SOUND_NAMES.map((name) => (
          <Button key={name} size="sm" variant="default" onClick={() => test(name)}>
            {t(`sound.${name}`)}
          </Button>
        ))}
      </div>
      <p role="status" className={classes.hint}>
        {t(isSilent ? "sound.blocked" : "settings.soundsHint")}
      </p>
    </fieldset>
  );
}

function Notifications() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { notifications } = useReadable(prefs.prefs);
  const supported = typeof Notification !== "undefined";
  const [permission, setPermission] = useState(supported ? Notification.permission : "denied");
  const change = async (on: boolean) => {
    prefs.change({ notifications: on });
    if (on && supported && permission === "default") setPermission(await Notification.requestPermission());
  };
  return (
    <Switch
      label={t("settings.notifications")}
      description={t(
        permission === "denied" ? "settings.notificationsBlocked" : "settings.notificationsHint",
      )}
      disabled={permission === "denied"}
      checked={notifications && permission === "granted"}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}

function SingleKeys() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { singleKeys } = useReadable(prefs.prefs);
  return (
    <Switch
      label={t("settings.singleKeys")}
      description={t("settings.singleKeysHint")}
      checked={singleKeys}
      onChange={(event) => prefs.change({ singleKeys: event.currentTarget.checked })}
    />
  );
}

/** Asked for on request: whoever only changes a sound asks the server nothing. */
function SignIns() {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <fieldset className={classes.group}>
      <legend>{t("settings.signIns")}</legend>
      {shown ? (
        <SignInPlaces />
      ) : (
        <div className={classes.tests}>
          <Button size="sm" variant="default" onClick={() => setShown(true)}>
            {t("settings.signInsShow")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
