/** Addresses of the screens by name, so that no screen spells one. */
export const paths = {
  home: "/",
  history: "/history",
  /** Only what was asked for somebody; `self`: for oneself. */
  historyOf: (person: string) => `/history?person=${encodeURIComponent(person)}`,
  documents: "/documents",
  profile: "/profile",
  persons: "/persons",
  myData: "/my-data",
  deleteAccount: "/my-data/delete",
  ask: (serviceId: string) => `/ask/${encodeURIComponent(serviceId)}`,
  conversation: (conversationId: string) => `/conversation/${encodeURIComponent(conversationId)}`,
  /** Ordering a call-back; without a service one chooses there. */
  callMe: (serviceId?: string) =>
    serviceId === undefined ? "/call-me" : `/call-me/${encodeURIComponent(serviceId)}`,
  callback: (callbackId: string) => `/call-back/${encodeURIComponent(callbackId)}`,
  record: (consultationId: string) => `/history/${encodeURIComponent(consultationId)}`,
};
