/** Integrations: webhooks to partners' systems, for supervisors. */
export { IntegrationsView } from "./IntegrationsView.tsx";
export { WebhookDialog } from "./WebhookDialog.tsx";
export { WebhookPanel } from "./WebhookPanel.tsx";
export { WebhookTrouble } from "./WebhookTrouble.tsx";
