/** The addresses of the app. Screens after the first come when they are asked for. */
import { Suspense } from "react";
import { Route, Router, Switch } from "wouter";
import { HomeView } from "../features/home/index.ts";
import { CallsProvider, type MakeCalls } from "./calls.tsx";
import { Frame } from "./Frame.tsx";
import { lazyScreen } from "./later.ts";
import { addConsentWords, addPersonWords, addStartWords, addTalkWords } from "./words.ts";

const StartView = lazyScreen(async () => {
  const [{ StartView, addQuestionWords }] = await Promise.all([
    import("../features/start/index.ts"),
    addStartWords(),
    addConsentWords(),
    addPersonWords(),
  ]);
  await addQuestionWords();
  return StartView;
});
const ConversationView = lazyScreen(async () => {
  const { ConversationView, addConversationWords } = await import("../features/conversation/index.ts");
  await addConversationWords();
  return ConversationView;
});
const HistoryView = lazyScreen(async () => {
  const [{ HistoryView }] = await Promise.all([
    import("../features/history/index.ts"),
    addTalkWords(),
    addPersonWords(),
  ]);
  return HistoryView;
});
const RecordView = lazyScreen(async () => {
  const { RecordView, addRecordWords } = await import("../features/history/index.ts");
  await addRecordWords();
  return RecordView;
});
const importCallback = async () => {
  const screens = await import("../features/callback/index.ts");
  await screens.addCallbackWords();
  return screens;
};
const OrderView = lazyScreen(async () => (await importCallback()).OrderView);
const CallbackView = lazyScreen(async () => (await importCallback()).CallbackView);
const DocumentsView = lazyScreen(async () => {
  const { DocumentsView, addDocumentsWords } = await import("../features/documents/index.ts");
  await addDocumentsWords();
  return DocumentsView;
});
const ProfileView = lazyScreen(async () => {
  const { ProfileView, addProfileWords } = await import("../features/profile/index.ts");
  await addProfileWords();
  return ProfileView;
});

const PersonsView = lazyScreen(async () => {
  const { PersonsView, addPersonsScreenWords } = await import("../features/persons/index.ts");
  await addPersonsScreenWords();
  return PersonsView;
});

const importMyData = async () => {
  const screens = await import("../features/my-data/index.ts");
  await screens.addMyDataWords();
  return screens;
};
const MyDataView = lazyScreen(async () => (await importMyData()).MyDataView);
const DeleteView = lazyScreen(async () => (await importMyData()).DeleteView);

export function Routes({ makeCalls }: { makeCalls?: MakeCalls | undefined }) {
  return (
    <Router>
      <CallsProvider make={makeCalls}>
        <Frame>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/ask/:serviceId">
                {({ serviceId }) => <StartView key={serviceId} serviceId={serviceId} />}
              </Route>
              <Route path="/conversation/:conversationId">
                {({ conversationId }) => <ConversationView conversationId={conversationId} />}
              </Route>
              <Route path="/call-me/:serviceId?">
                {({ serviceId }) => <OrderView key={serviceId ?? ""} serviceId={serviceId ?? null} />}
              </Route>
              <Route path="/call-back/:callbackId">
                {({ callbackId }) => <CallbackView key={callbackId} callbackId={callbackId} />}
              </Route>
              <Route path="/history/:consultationId">
                {({ consultationId }) => <RecordView consultationId={consultationId} />}
              </Route>
              <Route path="/history" component={HistoryView} />
              <Route path="/documents" component={DocumentsView} />
              <Route path="/profile" component={ProfileView} />
              <Route path="/persons" component={PersonsView} />
              <Route path="/my-data" component={MyDataView} />
              <Route path="/my-data/delete" component={DeleteView} />
              <Route component={HomeView} />
            </Switch>
          </Suspense>
        </Frame>
      </CallsProvider>
    </Router>
  );
}
