/** The addresses of the app. Screens after the first come when they are asked for. */
import { lazy, Suspense } from "react";
import { Route, Router, Switch } from "wouter";
import { HomeView } from "../features/home/index.ts";
import { Frame } from "./Frame.tsx";

const StartView = lazy(async () => ({ default: (await import("../features/start/index.ts")).StartView }));
const ConversationView = lazy(async () => ({
  default: (await import("../features/conversation/index.ts")).ConversationView,
}));
const HistoryView = lazy(async () => ({
  default: (await import("../features/history/index.ts")).HistoryView,
}));
const RecordView = lazy(async () => ({ default: (await import("../features/history/index.ts")).RecordView }));
const ProfileView = lazy(async () => ({
  default: (await import("../features/profile/index.ts")).ProfileView,
}));

export function Routes() {
  return (
    <Router>
      <Frame>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/ask/:serviceId">
              {({ serviceId }) => <StartView key={serviceId} serviceId={serviceId} />}
            </Route>
            <Route path="/conversation/:conversationId">
              {({ conversationId }) => <ConversationView conversationId={conversationId} />}
            </Route>
            <Route path="/history/:consultationId">
              {({ consultationId }) => <RecordView consultationId={consultationId} />}
            </Route>
            <Route path="/history" component={HistoryView} />
            <Route path="/profile" component={ProfileView} />
            <Route component={HomeView} />
          </Switch>
        </Suspense>
      </Frame>
    </Router>
  );
}
