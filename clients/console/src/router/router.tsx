/** Addresses of the console: `/<section>/<id>?filters`. One page; the address says what it shows. */
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { parseSearch } from "../live/route.ts";
import { isSection } from "../live/sections.ts";

function parse(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function stringify(search: Record<string, unknown>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (typeof value === "string") pairs.set(name, value);
  const text = pairs.toString();
  return text.length > 0 ? `?${text}` : "";
}

const root = createRootRoute({ component: Outlet });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/$section/{-$id}", params: { section: "waiting" }, replace: true });
  },
});

export const deskRoute = createRoute({
  getParentRoute: () => root,
  path: "/$section/{-$id}",
  validateSearch: parseSearch,
  beforeLoad: ({ params }) => {
    if (isSection(params.section)) return;
    throw redirect({ to: "/$section/{-$id}", params: { section: "waiting" }, replace: true });
  },
});

export function makeRouter(Desk: () => ReactNode) {
  return createRouter({
    routeTree: root.addChildren([start, deskRoute.update({ component: Desk })]),
    parseSearch: parse,
    stringifySearch: stringify,
    defaultPreload: false,
    // The desk has fences of its own, in its own words.
    disableGlobalCatchBoundary: true,
    defaultNotFoundComponent: Desk,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
