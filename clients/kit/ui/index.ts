/** Shared components. */
export { At } from "./At.tsx";
export { Avatar, initials } from "./Avatar.tsx";
export { Bubble, type BubbleProps, QuoteText } from "./Bubble.tsx";
export {
  type Choice,
  ChoiceGroup,
  type ChoiceGroupProps,
  ChoicesGroup,
  type ChoicesGroupProps,
} from "./ChoiceGroup.tsx";
export { Composer } from "./Composer.tsx";
export { ConclusionLine, type ConclusionLineProps } from "./ConclusionLine.tsx";
export { ConnectionBanner } from "./ConnectionBanner.tsx";
export { ConversationPane, type ConversationPaneProps } from "./ConversationPane.tsx";
export { CallbackLine, type CallbackLineProps } from "./call/CallbackLine.tsx";
export { CallLine, type CallLineProps } from "./call/CallLine.tsx";
export { callWords } from "./call/call-words.ts";
export { sealedCall } from "./call/sealed.ts";
export { DateField, type DateFieldProps } from "./DateField.tsx";
export { DeliveryMark } from "./DeliveryMark.tsx";
export { Dialog, type DialogProps, modal } from "./Dialog.tsx";
export { DropArea } from "./DropArea.tsx";
export { UiDensity, useDensity } from "./density.tsx";
export { EmptyState } from "./EmptyState.tsx";
export { ErrorBoundary } from "./ErrorBoundary.tsx";
export { ErrorNotice } from "./ErrorNotice.tsx";
export { FileIcon } from "./FileIcon.tsx";
export { FileTile } from "./FileTile.tsx";
export { type Finding, useFinding } from "./find/useFinding.ts";
export { ImageTile } from "./ImageTile.tsx";
export { ImageViewer, PhotoFrame, useShowPhoto } from "./ImageViewer.tsx";
export { MessageList } from "./MessageList.tsx";
export { MessageText } from "./MessageText.tsx";
export { PlainButton } from "./PlainButton.tsx";
export { ProgressRing } from "./ProgressRing.tsx";
export type * from "./props.ts";
export { RoundButton, type RoundButtonProps } from "./RoundButton.tsx";
export { ConsultationSeparator, DaySeparator, UnreadSeparator } from "./Separators.tsx";
export { ServiceIcon } from "./ServiceIcon.tsx";
export { SkeletonBlock, SkeletonGroup, SkeletonList } from "./Skeletons.tsx";
export { LanguageSwitch, languageName, ThemeSwitch } from "./Switches.tsx";
export { senderName } from "./sender.ts";
export { showPdf } from "./show-pdf.ts";
export type { Insertion, Suggestion, SuggestSource } from "./suggest.ts";
export { recordFile, Transcript, type TranscriptProps } from "./Transcript.tsx";
export { talkWords } from "./talk-words.ts";
export { useAfterMount } from "./useAfterMount.ts";
export { type Conversation, useConversation } from "./useConversation.ts";
export { useDraft } from "./useDraft.ts";
export { OPEN_DIALOG, useFocusKept } from "./useFocusKept.ts";
export { saveBlob, useOpenedFile } from "./useOpenedFile.ts";
export { type PdfOnRequest, usePdf } from "./usePdf.ts";
export { useReadable } from "./useReadable.ts";
export { useSavedFile } from "./useSavedFile.ts";
export { type Suggesting, useSuggest } from "./useSuggest.tsx";
