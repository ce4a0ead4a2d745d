/** The dialogs themselves: palette, sheets, forms. */
import { useAfterMount } from "@consilium/kit/ui";
import { Palette } from "../commands/Palette.tsx";
import { ShortcutSheet } from "../commands/ShortcutSheet.tsx";
import type { DialogState } from "../desk/desk.ts";
import { NO_DIALOG } from "../desk/desk.ts";
import { BulkDialog } from "../features/bulk/index.ts";
import { DevicesDialog } from "../features/call/index.ts";
import { CannedDialog } from "../features/canned/index.ts";
import { InviteDialog, TakeOverDialog, TransferDialog, WhomDialog } from "../features/consultation/index.ts";
import { FieldsDialog } from "../features/field/index.ts";
import { FollowUpDialog } from "../features/follow-up/index.ts";
import { KeyDialog, WebhookDialog } from "../features/integrations/index.ts";
import { KeysDialog } from "../features/keys/index.ts";
import { MacroDialog, MacroSettingsDialog } from "../features/macro/index.ts";
import { OperatorDialog } from "../features/operators/index.ts";
import {
  InvitationDialog,
  MergeDialog,
  NewPatientDialog,
  OpenForDialog,
  PatientDialog,
  SeparateDialog,
} from "../features/patients/index.ts";
import { EraseDialog, HoldDialog, LiftDialog } from "../features/retention/index.ts";
import { DeleteDialog } from "../features/rights/index.ts";
import { LeaveDialog, ReasonDialog } from "../features/status/index.ts";
import { TagSettingsDialog, TagsDialog } from "../features/tag/index.ts";
import { SaveViewDialog, ViewDialog, ViewsDialog } from "../features/views/index.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { SettingsDialog } from "../settings/SettingsDialog.tsx";

interface DialogFormsProps {
  dialog: DialogState;
  onClose: () => void;
}

export function DialogForms({ dialog, onClose: close }: DialogFormsProps) {
  const { freshPassword } = useConsole();
  const password = useReadable(freshPassword);
  // One that was asked for while all this was on its way opens as any other does: it takes the focus, and gives it back.
  const current = useAfterMount(dialog, NO_DIALOG);
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
    </>
  );
}
