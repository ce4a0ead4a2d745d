/** Settings as the service has them, read again whenever somebody changed one; and one section being edited. */
import {
  ApiProblem,
  type FieldError,
  SettingsApi,
  type SettingsChecked,
  type SettingsDocument,
} from "@consilium/kit/api";
import { useBrand, useLocale } from "@consilium/kit/brand";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { fieldWords, refusalText } from "../../ui/problem.ts";
import { type Content, contentOf, isElsewhere, isSame, placeOf, wrongOf } from "./model.ts";
import { type ThingNames, thingNames, withNames } from "./names.ts";

const ALL = "settings";

/** The API of settings, which only this chunk knows. */
export function useSettingsApi(): SettingsApi {
  const { api } = useConsole();
  return useMemo(() => new SettingsApi(api.client), [api]);
}

export function useSettingsList() {
  const { desk } = useConsole();
  const api = useSettingsApi();
  const client = useQueryClient();
  useEffect(() => desk.onSettings(() => void client.invalidateQueries({ queryKey: [ALL] })), [desk, client]);
  return useQuery({ queryKey: [ALL, "list"], queryFn: () => api.list() });
}

/** What the list says, without following it: whoever shows the list does. */
export function useKnownSettings() {
  const api = useSettingsApi();
  return useQuery({ queryKey: [ALL, "list"], queryFn: () => api.list() });
}

export function useSettingsDocument(section: string) {
  const api = useSettingsApi();
  return useQuery({ queryKey: [ALL, "document", section], queryFn: () => api.read(section) });
}

export function useSettingsHistory(section: string, version: number) {
  const api = useSettingsApi();
  return useQuery({
    queryKey: [ALL, "history", section, version],
    queryFn: () => api.history(section),
  });
}

/** What an own change answered is shown at once; everything else of settings is read again. */
export function useShown() {
  const client = useQueryClient();
  return (document: SettingsDocument) => {
    client.setQueryData([ALL, "document", document.section.section], document);
    void client.invalidateQueries({ queryKey: [ALL, "list"] });
    void client.invalidateQueries({ queryKey: [ALL, "history"] });
  };
}

export interface Editing {
  readonly content: Content;
  /** What the things in it, and in what was there before, are called. */
  readonly names: ThingNames;
  readonly change: (value: Content["value"]) => void;
  readonly isChanged: boolean;
  /** What is wrong, in words, by the place in the form. */
  readonly errors: ReadonlyMap<string, string>;
  /** What is wrong and has no place in the form. */
  readonly general: readonly string[];
  readonly discard: () => void;
  readonly save: () => void;
  readonly saving: boolean;
  readonly tryOut: () => void;
  readonly trying: boolean;
  readonly tried: SettingsChecked | null;
  readonly hideTried: () => void;
  /** Who was faster; null: nobody. */
  readonly conflict: string | null;
  readonly takeTheirs: () => void;
}

/** What a change breaks in another section: where, and how. */
function elsewhere({ field }: FieldError, words: string, t: TFunction): string {
  const place = field.replace(/^brand\./, "");
  return field === "" || place === "" ? words : t("brandSettings.elsewhere", { place, words });
}

/** The form of a section over the version that it was loaded from. Somebody else's change never writes over what is typed. */
export function useEditing(document: SettingsDocument): Editing {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const api = useSettingsApi();
  const shown = useShown();
  const client = useQueryClient();
  const { queues } = useBoard();
  const locale = useLocale();
  const { section } = document;
  const [base, setBase] = useState(document);
  const [value, setValue] = useState(document.content as Content["value"]);
  const [asked, setAsked] = useState(false);
  const isChanged = !isSame(value, base.content);
  // What others changed is shown where nothing is typed.
  useEffect(() => {
    if (isChanged || document.section.version === base.section.version) return;
    setBase(document);
    setValue(document.content as Content["value"]);
  }, [document, base, isChanged]);

  const content = useMemo(() => contentOf(section.kind, value), [section.kind, value]);
  const wrong = useMemo(() => wrongOf(content, languages), [content, languages]);
  const accept = (next: SettingsDocument) => {
    setBase(next);
    setValue(next.content as Content["value"]);
    setAsked(false);
    shown(next);
  };
  const save = useMutation({
    mutationFn: () => api.change(section.section, { based_on: base.section.version, content: value }),
    onSuccess: accept,
  });
  const trial = useMutation({ mutationFn: () => api.check(section.section, value) });
  const theirs = useMutation({ mutationFn: () => api.read(section.section), onSuccess: accept });

  const problem = save.error === null ? null : ApiProblem.of(save.error);
  const names = useMemo(() => thingNames([value, base.content], locale), [value, base.content, locale]);
  const refused = [...(problem?.fields ?? []), ...(trial.data?.errors ?? [])].map((one) =>
    withNames(one, names, (id) => queues.get(id)?.name),
  );
  const errors = new Map(
    refused
      .filter(({ field }) => !isElsewhere(field))
      .map((one) => [placeOf(one, content), fieldWords(one, t)]),
  );
  if (asked) for (const [field, words] of wrong) errors.set(field, t(`brandSettings.wrong.${words}`));
  const general = refused
    .filter(({ field }) => isElsewhere(field))
    .map((one) => elsewhere(one, fieldWords(one, t), t));
  const conflict = problem?.slug === "conflict" ? (problem.changedBy?.name ?? null) : null;
  if (problem !== null && problem.fields.length === 0 && conflict === null) {
    general.push(refusalText(problem, t));
  }

  const forget = () => {
    save.reset();
    trial.reset();
  };
  const when = (whole: () => void) => () => {
    setAsked(true);
    forget();
    if (wrong.size === 0) whole();
  };
  return {
    content,
    names,
    change: (next) => {
      setValue(next);
      // A refusal is about what was sent.
      if (save.isError || trial.data !== undefined) forget();
    },
    isChanged,
    errors,
    general,
    discard: () => {
      setValue(base.content as Content["value"]);
      setAsked(false);
      forget();
    },
    save: when(() => save.mutate()),
    saving: save.isPending,
    tryOut: when(() => trial.mutate()),
    trying: trial.isPending,
    tried: trial.data !== undefined && trial.data.errors.length === 0 ? trial.data : null,
    hideTried: () => trial.reset(),
    conflict,
    takeTheirs: () => {
      forget();
      void client.invalidateQueries({ queryKey: [ALL] });
      theirs.mutate();
    },
  };
}
