/** For whom a question is: kept with what is typed until it is sent. Who was removed meanwhile is nobody's choice any more. */
import type { Person } from "@consilium/kit/api";
import { useState } from "react";
import { keepTypedPerson, typedPerson } from "../../app/asking.ts";
import { activeOf } from "../../app/persons/model.ts";
import { usePersons } from "../../app/persons/usePersons.ts";
import { useSignedIn } from "../../app/session.tsx";

export interface Whom {
  persons: readonly Person[];
  /** `null`: for oneself. */
  chosen: string | null;
  choose: (person: string | null) => void;
}

/** `asked`: for whom a question is that waits on this device; undefined: none waits. */
export function useWhom(serviceId: string, asked: string | null | undefined): Whom {
  const { userId } = useSignedIn().session;
  const { persons, isPending } = usePersons();
  const [wanted, setWanted] = useState<string | null>(() =>
    asked === undefined ? typedPerson(userId, serviceId) : asked,
  );
  const active = activeOf(persons);
  const isThere = isPending || active.some(({ id }) => id === wanted);
  return {
    persons: active,
    chosen: isThere ? wanted : null,
    choose: (person) => {
      keepTypedPerson(userId, serviceId, person);
      setWanted(person);
    },
  };
}
