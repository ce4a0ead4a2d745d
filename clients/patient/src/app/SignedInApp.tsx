/** Everything behind the sign-in: queries and routes. A chunk of its own, as the sign-in screen is. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { Routes } from "./router.tsx";

export function SignedInApp() {
  const client = useMemo(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: true } },
      }),
    [],
  );
  return (
    <QueryClientProvider client={client}>
      <Routes />
    </QueryClientProvider>
  );
}
