/** What lies over the panes: palette, sheets, forms, undo bars. One dialog at a time. */
import { useFocusKept } from "@consilium/kit/ui";
import { useEffect } from "react";
import { Palette } from "../commands/Palette.tsx";
import { ShortcutSheet } from "../commands/ShortcutSheet.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { NO_DIALOG } from "../desk/desk.ts";
import { BulkDialog, BulkUndo } from "../features/bulk/index.ts";
import { DevicesDialog, IncomingPanel } from "../features/call/index.ts";
import { CannedDialog, RemovedReply } from "../features/canned/index.ts";
import {
  InviteDialog,
  TakeOverDialog,
  TransferDialog,
  UndoBars,
  WhomDialog,
} from "../features/consultation/index.ts";
import { FieldsDialog } from "../features/field/index.ts";
import { FollowUpDialog } from "../features/follow-up/index.ts";
import { KeyDialog, WebhookDialog } from "../features/integrations/index.ts";
import { KeysDialog } from "../features/keys/index.ts";
import { MacroDialog, MacroSettingsDialog } from "../features/macro/index.ts";
import { OfferPanel } from "../features/offer/index.ts";
import { OperatorDialog } from "../features/operators/index.ts";
import {
  DismissedBar,
  InvitationDialog,
  MergeDialog,
  NewPatientDialog,
  OpenForDialog,
  PatientDialog,
  SeparateDialog,
} from "../features/patients/index.ts";
import { QueueInvitationPanel } from "../features/queue-invitation/index.ts";
import { EraseDialog, HoldDialog, LiftDialog } from "../features/retention/index.ts";
import { DeleteDialog } from "../features/rights/index.ts";
import { LeaveDialog, ReasonDialog } from "../features/status/index.ts";
import { TagSettingsDialog, TagsDialog } from "../features/tag/index.ts";
import { RemovedView, SaveViewDialog, ViewDialog, ViewsDialog } from "../features/views/index.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { SettingsDialog } from "../settings/SettingsDialog.tsx";
import { findShown } from "../ui/Pane.tsx";

/** A dialog fades out; what it was opened from by a menu is gone with the menu. Unit: ms. */
const FADED_MS = 300;

const NEVER = { get: () => "ready" as const, subscribe: () => () => undefined };

export function Dialogs() {
  const { dialog } = useDesk();
  const { engine, freshPassword } = useConsole();
  const password = useReadable(freshPassword);
  const current = useReadable(dialog);
  const recovery = useReadable(engine.recovery?.state ?? NEVER);
  const close = () => dialog.set(NO_DIALOG);
  useFocusKept(current.kind, findShown, FADED_MS);

  // It was wanted for one thing.
  useEffect(() => {
    if (recovery === "ready") freshPassword.set(null);
  }, [recovery, freshPassword]);

  // The first sign-in sets the keys up; without them the clinic can hand over no history.
  useEffect(() => {
    if (password !== null && (recovery === "absent" || recovery === "locked") && dialog.get().kind === "none")
      dialog.set({ kind: "keys" });
  }, [dialog, password, recovery]);

  return (
    <>
      <Palette />
      <ShortcutSheet opened={current.kind === "shortcuts"} onClose={close} />
      <SettingsDialog opened={current.kind === "settings"} onClose={close} />
      <TransferDialog
        consultationId={current.kind === "transfer" ? current.consultationId : null}
        onClose={close}
      />
      <DevicesDialog
        wish={current.kind === "call" || current.kind === "call-back" ? current : null}
        onClose={close}
      />
      <InviteDialog
        consultationId={current.kind === "invite" ? current.consultationId : null}
        onClose={close}
      />
      <TakeOverDialog
        consultationId={current.kind === "take-over" ? current.consultationId : null}
        onClose={close}
      />
      <WhomDialog consultationId={current.kind === "whom" ? current.consultationId : null} onClose={close} />
      <IncomingPanel />
      <OfferPanel />
      <QueueInvitationPanel />
      <KeysDialog
        opened={current.kind === "keys"}
        password={password}
        onClose={() => {
          freshPassword.set(null);
          close();
        }}
      />
      <ReasonDialog status={current.kind === "reason" ? current.status : null} onClose={close} />
      <LeaveDialog wish={current.kind === "leave" ? current : null} onClose={close} />
      <OperatorDialog
        opened={current.kind === "operator"}
        operatorId={current.kind === "operator" ? current.operatorId : null}
        onClose={close}
      />
      <KeyDialog
        opened={current.kind === "api-key"}
        keyId={current.kind === "api-key" ? current.keyId : null}
        onClose={close}
      />
      <WebhookDialog
        opened={current.kind === "webhook"}
        webhookId={current.kind === "webhook" ? current.webhookId : null}
        onClose={close}
      />
      <PatientDialog patientId={current.kind === "patient" ? current.patientId : null} onClose={close} />
      <NewPatientDialog opened={current.kind === "new-patient"} onClose={close} />
      <InvitationDialog about={current.kind === "invitation" ? current.about : null} onClose={close} />
      <OpenForDialog wish={current.kind === "open-for" ? current : null} onClose={close} />
      <MergeDialog wish={current.kind === "merge" ? current.wish : null} onClose={close} />
      <SeparateDialog wish={current.kind === "separate" ? current.wish : null} onClose={close} />
      <CannedDialog opened={current.kind === "canned"} onClose={close} />
      <MacroDialog wish={current.kind === "macro" ? current : null} onClose={close} />
      <MacroSettingsDialog opened={current.kind === "macro-settings"} onClose={close} />
      <BulkDialog wish={current.kind === "bulk" ? current.wish : null} onClose={close} />
      <TagsDialog consultationId={current.kind === "tags" ? current.consultationId : null} onClose={close} />
      <FieldsDialog wish={current.kind === "fields" ? current : null} onClose={close} />
      <FollowUpDialog wish={current.kind === "follow-up" ? current.wish : null} onClose={close} />
      <TagSettingsDialog opened={current.kind === "tag-settings"} onClose={close} />
      <SaveViewDialog wish={current.kind === "save-view" ? current : null} onClose={close} />
      <ViewDialog viewId={current.kind === "view" ? current.viewId : null} onClose={close} />
      <ViewsDialog opened={current.kind === "views"} onClose={close} />
      <HoldDialog
        on={current.kind === "hold" ? current.on : null}
        name={current.kind === "hold" ? current.name : ""}
        onClose={close}
      />
      <LiftDialog hold={current.kind === "lift-hold" ? current.hold : null} onClose={close} />
      <EraseDialog wish={current.kind === "erase-record" ? current.wish : null} onClose={close} />
      <DeleteDialog
        patientId={current.kind === "delete-account" ? current.patientId : null}
        onClose={close}
      />
      <UndoBars />
      <RemovedView />
      <RemovedReply />
      <DismissedBar />
      <BulkUndo />
    </>
  );
}
