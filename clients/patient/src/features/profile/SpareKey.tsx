/** Who keeps the spare key of the history, said honestly; taking it into one's own hands; which devices were given it. */
import type { Custody as Kept } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import type { Custody, Engine } from "@consilium/kit/matrix";
import { Dialog, ErrorNotice, useReadable } from "@consilium/kit/ui";
import { IconCircleCheck } from "@consilium/kit/ui/icons";
import { Button, CopyButton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../app/queries.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import css from "./ProfileView.module.css";

export function SpareKey({ kept }: { kept: Kept }) {
  const { t } = useTranslation();
  const { name } = useBrand();
  const engine = useEngine();
  const own = kept.kept_by === "person";
  return (
    <section className={css.card} aria-labelledby="spare-key">
      <h2 id="spare-key" className={css.heading}>
        {t("spareKey.title")}
      </h2>
      <p>{own ? t("spareKey.person") : t("spareKey.clinic", { name })}</p>
      {!own && engine !== null && <TakeOver engine={engine} />}
      <Releases kept={kept} />
    </section>
  );
}

function Releases({ kept }: { kept: Kept }) {
  const { t } = useTranslation();
  const { session } = useSignedIn();
  const formats = useFormats();
  if (kept.releases.length === 0) return null;
  return (
    <div>
      <h3 className={css.subheading}>{t("spareKey.releases")}</h3>
      <ul role="list" className={css.releases}>
        {kept.releases.map(({ id, at, device_id, device_name }) => (
          <li key={id}>
            <span>
              {device_name ?? t("spareKey.unknownDevice")}
              {device_id === session.deviceId && ` (${t("spareKey.thisDevice")})`}
            </span>
            <span className={css.muted}>{formats.dayTime(at)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function TakeOver({ engine }: { engine: Engine }) {
  const { t } = useTranslation();
  const state = useReadable(engine.keys);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const { custody } = engine;
  if (custody === null) return null;
  return (
    <>
      <Button
        className={css.signOut}
        variant="default"
        disabled={state !== "ready"}
        onClick={() => setRecoveryKey(custody.newRecoveryKey())}
      >
        {t("spareKey.take")}
      </Button>
      {recoveryKey !== null && (
        <TakeOverDialog custody={custody} recoveryKey={recoveryKey} onClose={() => setRecoveryKey(null)} />
      )}
    </>
  );
}

interface TakeOverDialogProps {
  custody: Custody;
  recoveryKey: string;
  onClose: () => void;
}

/** Shows the key once. Nothing is changed before the person says that he has kept it. */
function TakeOverDialog({ custody, recoveryKey, onClose }: TakeOverDialogProps) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [work, setWork] = useState<"idle" | "busy" | "failed">("idle");
  const take = async () => {
    setWork("busy");
    if ((await custody.takeOver(recoveryKey)) === "failed") return setWork("failed");
    await client.invalidateQueries(queries.me(api));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={() => work !== "busy" && onClose()}
      title={t("spareKey.keyTitle")}
      footer={
        <>
          <Button variant="default" disabled={work === "busy"} onClick={onClose}>
            {t("spareKey.keyBack")}
          </Button>
          <Button loading={work === "busy"} onClick={() => void take()}>
            {t("spareKey.keySubmit")}
          </Button>
        </>
      }
    >
      <p>{t("spareKey.keyText")}</p>
      <p className={css.key} translate="no" data-testid="recovery-key">
        {recoveryKey}
      </p>
      <CopyButton value={recoveryKey}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCircleCheck size={22} stroke={1.75} aria-hidden /> : undefined}
            onClick={copy}
          >
            {t(copied ? "spareKey.copied" : "spareKey.copy")}
          </Button>
        )}
      </CopyButton>
      <p className={css.muted}>{t("spareKey.keyOnce")}</p>
      {work === "failed" && <ErrorNotice title={t("spareKey.failed")} text={t("spareKey.failedText")} />}
    </Dialog>
  );
}
