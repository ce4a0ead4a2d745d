/** Everything behind the sign-in: queries and routes. A chunk of its own, as the sign-in screen is. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { MakeCalls } from "./calls.tsx";
import { keepLists } from "./kept.ts";
import { Routes } from "./router.tsx";
import { useSignedIn } from "./session.tsx";

export function SignedInApp({ makeCalls }: { makeCalls?: MakeCalls | undefined }) {
  const { userId } = useSignedIn().session;
  const { client, stopKeeping } = useMemo(() => {
    const made = new QueryClient({
      defaultOptions: { queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: true } },
    });
    return { client: made, stopKeeping: keepLists(made, userId) };
  }, [userId]);
  useEffect(() => stopKeeping, [stopKeeping]);
  return (
    <QueryClientProvider client={client}>
      <Routes makeCalls={makeCalls} />
    </QueryClientProvider>
  );
}
