/** Integrations: webhooks to partners' systems, and keys by which they call; for supervisors. */
export { IntegrationPanel } from "./IntegrationPanel.tsx";
export { IntegrationsView } from "./IntegrationsView.tsx";
export { KeyDialog } from "./KeyDialog.tsx";
export { WebhookDialog } from "./WebhookDialog.tsx";
export { WebhookTrouble } from "./WebhookTrouble.tsx";
