/** Addresses of the screens by name, so that no screen spells one. */
export const paths = {
  home: "/",
  history: "/history",
  profile: "/profile",
  ask: (serviceId: string) => `/ask/${encodeURIComponent(serviceId)}`,
  conversation: (conversationId: string) => `/conversation/${encodeURIComponent(conversationId)}`,
  record: (consultationId: string) => `/history/${encodeURIComponent(consultationId)}`,
};
