/** Whom one acts for, bound to the API. The list is kept on the device, so that a question can be asked without a network. */
import { type Person, PersonApi } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSignedIn } from "../session.tsx";
import { withPerson } from "./model.ts";

const KEY = ["persons"] as const;

export interface OwnPersons {
  /** Those who can be asked for, then those who were removed; none until they are there. */
  persons: readonly Person[];
  isPending: boolean;
  isError: boolean;
  isFetching: boolean;
  refetch: () => void;
}

const NONE: readonly Person[] = [];

export function usePersons(): OwnPersons {
  const { api } = useSignedIn();
  const { data, isPending, isError, isFetching, refetch } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await new PersonApi(api.client).own()).persons,
  });
  return {
    persons: data ?? NONE,
    isPending,
    isError: isError && data === undefined,
    isFetching,
    refetch: () => void refetch(),
  };
}

/** Puts what the service answered into the list; what shows names is asked for anew. */
export function useApplyPersons(): {
  one: (person: Person) => void;
  all: (persons: readonly Person[]) => void;
  reload: () => Promise<void>;
} {
  const client = useQueryClient();
  const named = () => {
    for (const list of ["consultations", "conversations"])
      void client.invalidateQueries({ queryKey: [list] });
  };
  return {
    one: (person) => {
      client.setQueryData<readonly Person[]>(KEY, (before) => withPerson(before ?? NONE, person));
      named();
    },
    all: (persons) => {
      client.setQueryData<readonly Person[]>(KEY, persons);
      named();
    },
    reload: () => client.invalidateQueries({ queryKey: KEY }),
  };
}
