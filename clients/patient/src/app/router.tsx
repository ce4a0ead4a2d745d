/** The addresses of the app. Screens after the first come when they are asked for. */
import { lazy, Suspense } from "react";
import { Route, Router, Switch } from "wouter";
import { HomeView } from "../features/home/index.ts";
import { CallsProvider, type MakeCalls } from "./calls.tsx";
import { Frame } from "./Frame.tsx";
import { addStartWords, addTalkWords } from "./words.ts";

const StartView = lazy(async () => {
  const [{ StartView }] = await Promise.all([import("../features/start/index.ts"), addStartWords()]);
  return { default: StartView };
});
const ConversationView = lazy(async () => {
  const { ConversationView, addConversationWords } = await import("../features/conversation/index.ts");
  await addConversationWords();
  return { default: ConversationView };
});
const HistoryView = lazy(async () => {
  const [{ HistoryView }] = await Promise.all([import("../features/history/index.ts"), addTalkWords()]);
  return { default: HistoryView };
});
const RecordView = lazy(async () => {
  const { RecordView, addRecordWords } = await import("../features/history/index.ts");
  await addRecordWords();
  return { default: RecordView };
});
const importCallback = async () => {
  const screens = await import("../features/callback/index.ts");
  await screens.addCallbackWords();
  return screens;
};
const OrderView = lazy(async () => ({ default: (await importCallback()).OrderView }));
const CallbackView = lazy(async () => ({ default: (await importCallback()).CallbackView }));
const DocumentsView = lazy(async () => {
  const { DocumentsView, addDocumentsWords } = await import("../features/documents/index.ts");
  await addDocumentsWords();
  return { default: DocumentsView };
});
const ProfileView = lazy(async () => {
  const { ProfileView, addProfileWords } = await import("../features/profile/index.ts");
  await addProfileWords();
  return { default: ProfileView };
});

const importMyData = async () => {
  const screens = await import("../features/my-data/index.ts");
  await screens.addMyDataWords();
  return screens;
};
const MyDataView = lazy(async () => ({ default: (await importMyData()).MyDataView }));
const DeleteView = lazy(async () => ({ default: (await importMyData()).DeleteView }));

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
