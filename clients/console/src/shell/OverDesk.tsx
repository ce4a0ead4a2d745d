/** What comes over the desk by itself: who calls, what is offered, what can be taken back. */
import { BulkUndo } from "../features/bulk/index.ts";
import { IncomingPanel } from "../features/call/index.ts";
import { RemovedReply } from "../features/canned/index.ts";
import { UndoBars } from "../features/consultation/index.ts";
import { OfferPanel } from "../features/offer/index.ts";
import { DismissedBar } from "../features/patients/index.ts";
import { QueueInvitationPanel } from "../features/queue-invitation/index.ts";
import { RemovedView } from "../features/views/index.ts";

export function OverDesk() {
  return (
    <>
      <IncomingPanel />
      <OfferPanel />
      <QueueInvitationPanel />
      <UndoBars />
      <RemovedView />
      <RemovedReply />
      <DismissedBar />
      <BulkUndo />
    </>
  );
}
