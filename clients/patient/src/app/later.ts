/** Parts of the app that come when they are wanted, over a network that is not always there. */
import { fetched } from "@consilium/kit/ui/later";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** With a network a part that does not come so often is not there any more: the page is of an older version than the server. */
const TRIES = 3;

/** A part without which the app is whole: it is fetched until it is there. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetched(load, Number.POSITIVE_INFINITY) }));
}

/** A screen: without a network it waits for one; where it does not come at all, whoever wanted it is told. */
export function lazyScreen<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetched(load, TRIES) }));
}
