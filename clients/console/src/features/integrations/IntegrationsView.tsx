/** What connects other systems: webhooks, by which they are told, and keys, by which they ask. Which of them stands in the address. */
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPlus } from "../../icons.ts";
import classes from "./Integrations.module.css";
import { KeysView } from "./KeysView.tsx";
import { KEYS_STATE } from "./key-model.ts";
import { WebhooksView } from "./WebhooksView.tsx";

const WEBHOOKS = "webhooks";

export function IntegrationsView() {
  const { place } = useDesk();
  const isKeys = place.search.state === KEYS_STATE;
  const tools = (
    <>
      <Which chosen={isKeys ? KEYS_STATE : WEBHOOKS} />
      <CommandButton
        id={isKeys ? "apiKeys.add" : "webhooks.add"}
        size="sm"
        variant="default"
        icon={<IconPlus size={16} stroke={1.75} />}
      />
    </>
  );
  return isKeys ? <KeysView tools={tools} /> : <WebhooksView tools={tools} />;
}

function Which({ chosen }: { chosen: string }) {
  const { t } = useTranslation();
  const { goSection } = useDesk();
  return (
    <SegmentedControl
      size="sm"
      className={classes.which ?? ""}
      aria-label={t("apiKeys.which")}
      value={chosen}
      onChange={(value) => goSection("integrations", value === KEYS_STATE ? { state: KEYS_STATE } : {})}
      data={[
        { value: WEBHOOKS, label: t("apiKeys.webhooks") },
        { value: KEYS_STATE, label: t("apiKeys.keys") },
      ]}
    />
  );
}
