/** The card of what is open in the section: a webhook, or a key. */
import { useDesk } from "../../desk/DeskContext.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { KEYS_STATE } from "./key-model.ts";
import { WebhookPanel } from "./WebhookPanel.tsx";

export function IntegrationPanel({ id }: { id: string }) {
  const { place } = useDesk();
  return place.search.state === KEYS_STATE ? <KeyPanel id={id} /> : <WebhookPanel id={id} />;
}
