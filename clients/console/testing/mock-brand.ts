/** The brand of the pretend clinic. */
import type { PublicBrand } from "@consilium/kit/api";

const LOGO = (fill: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 40"><rect x="2" y="4" width="32" height="32" rx="8" fill="${fill}"/><path d="M18 11v18M9 20h18" stroke="white" stroke-width="5" stroke-linecap="round"/><text x="44" y="27" font-family="sans-serif" font-weight="700" font-size="19" fill="${fill}">Demo Clinic</text></svg>`)}`;
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect x="2" y="2" width="32" height="32" rx="8" fill="#0f766e"/><path d="M18 9v18M9 18h18" stroke="white" stroke-width="5" stroke-linecap="round"/></svg>')}`;

export function mockBrand(origin: string): PublicBrand {
  return {
    id: "demo-clinic",
    name: "Demo Clinic",
    legal_name: "Demo Clinic LLC",
    app: "console",
    languages: ["ru", "en"],
    default_language: "ru",
    country: "RU",
    time_zone: "Europe/Moscow",
    currency: "RUB",
    colors: { brand: "#0f766e", accent: "#b45309" },
    logo_url: LOGO("#0f766e"),
    logo_dark_url: LOGO("#5eead4"),
    icon_url: ICON,
    texts: {},
    features: {
      registration: true,
      attachments: true,
      voice_messages: true,
      voice_message_seconds: 300,
      reactions: true,
      calls: true,
    },
    contacts: { phone: null, email: null, address: null, emergency_phone: "112" },
    legal: [],
    server: {
      server_name: "demo.test",
      homeserver_url: origin,
      consult_url: origin,
      patient_url: origin,
      console_url: origin,
      keeper_user_id: "@keeper:demo.test",
      keeper_master_key: null,
      sticky_calls: false,
    },
  };
}
