/** The first supervisor is met by a rehearsal when he signs in: nobody has played one, and no patient was ever answered. */
import { SetupApi } from "@consilium/kit/api";
import { useEffect, useRef } from "react";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";

export function useMeeting(fresh: boolean): void {
  const { api, me } = useConsole();
  const { place, goSection } = useDesk();
  const here = useRef(place);
  here.current = place;
  const asks = useRef(fresh && me.role === "supervisor");
  useEffect(() => {
    if (!asks.current) return;
    asks.current = false;
    new SetupApi(api.client).rehearsal().then(
      ({ offered }) => {
        // Whoever has gone on by himself meanwhile is not called back.
        const { section, id } = here.current;
        if (offered && section === "waiting" && id === null) goSection("setup");
      },
      // It is always found among the sections.
      () => undefined,
    );
  }, [api, goSection]);
}
