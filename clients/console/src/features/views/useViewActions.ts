/** What is done with views: kept, changed, removed and taken back. The answer is shown at once, before its event. */
import type { NewSavedView, SavedView, SavedViewChange } from "@consilium/kit/api";
import { useMutation } from "@tanstack/react-query";
import { useDesk } from "../../desk/DeskContext.tsx";
import { changeOf, sectionOfView } from "../../live/views.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

/** Keeps a list under a name, and goes to it. */
export function useCreateView(onDone: () => void) {
  const { api, views } = useConsole();
  const { goSection } = useDesk();
  return useMutation({
    mutationFn: (view: NewSavedView) => api.views.create(view),
    onSuccess: (view) => {
      views.put(view);
      onDone();
      goSection(sectionOfView(view), { view: view.id });
    },
  });
}

export function useChangeView(onDone: () => void = () => undefined) {
  const { api, views } = useConsole();
  return useMutation({
    mutationFn: ({ view, change }: { view: SavedView; change: Partial<Omit<SavedViewChange, "version">> }) =>
      api.views.change(view.id, changeOf(view, change)),
    onSuccess: (view) => {
      views.put(view);
      onDone();
    },
  });
}

/** Its list stays without the view; one press brings it back. */
export function useRemoveView(onDone: () => void) {
  const { api, views } = useConsole();
  const { place, goSection, removedView } = useDesk();
  return useMutation({
    mutationFn: (view: SavedView) => api.views.change(view.id, changeOf(view, { removed: true })),
    onSuccess: (view) => {
      views.remove(view.id);
      removedView.set(view);
      onDone();
      if (place.search.view === view.id) goSection(place.section);
    },
  });
}

export function useTakeBackView() {
  const { api, views } = useConsole();
  const { removedView } = useDesk();
  return useMutation({
    mutationFn: (view: SavedView) => api.views.change(view.id, changeOf(view, { removed: false })),
    onSuccess: (view) => {
      removedView.set(null);
      views.put(view);
      // It comes back where it stood.
      void views.reload();
    },
  });
}

/** The operator's own order; shown before it is answered, and as it was where it is refused. */
export function useArrangeViews() {
  const { api, views } = useConsole();
  return useMutation({
    mutationFn: (ids: readonly string[]) => {
      const items = views.items.get();
      views.replace(ids.flatMap((id) => items.get(id) ?? []));
      return api.views.arrange(ids);
    },
    onSuccess: (all) => views.replace(all),
    onError: () => void views.reload(),
  });
}
