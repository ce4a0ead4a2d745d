/** Two pretend brands, as the server would send them. */
import type { PublicBrand } from "../api/types.ts";

const svg = (body: string, width: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 40">${body}</svg>`)}`;

const logo = (name: string, color: string, text: string) =>
  svg(
    `<rect width="40" height="40" rx="10" fill="${color}"/><path d="M20 10v20M10 20h20" stroke="#fff" stroke-width="4" stroke-linecap="round"/><text x="52" y="27" font-family="sans-serif" font-size="22" font-weight="700" fill="${text}">${name}</text>`,
    52 + name.length * 13,
  );

export function pretendBrand(
  kind: "clinic" | "law",
  app: "patient" | "console",
  origin = location.origin,
): PublicBrand {
  const clinic = kind === "clinic";
  return {
    id: clinic ? "demo-clinic" : "demo-law",
    name: clinic ? "Клиника «Ясень»" : "Marlow & Finch",
    legal_name: clinic ? "Demo Clinic LLC" : "Demo Law Partners",
    app,
    languages: ["ru", "en"],
    default_language: clinic ? "ru" : "en",
    country: "RU",
    time_zone: "Europe/Moscow",
    currency: clinic ? "RUB" : "EUR",
    colors: clinic ? { brand: "#0b6e5f", accent: "#c2410c" } : { brand: "#3b3a8f", accent: "#9a6700" },
    logo_url: logo(clinic ? "Demo Clinic" : "Demo Law", clinic ? "#0b6e5f" : "#3b3a8f", "#1b1d1e"),
    logo_dark_url: logo(clinic ? "Demo Clinic" : "Demo Law", clinic ? "#0b6e5f" : "#3b3a8f", "#ebedee"),
    icon_url: svg(`<rect width="40" height="40" rx="10" fill="#0b6e5f"/>`, 40),
    texts: {
      ru: {
        "home.title": clinic ? "Спросите врача" : "Вопрос юристу",
        "home.greeting": "Здравствуйте! Опишите, что вас беспокоит, — врач ответит в чате.",
        "waiting.note": "Можно закрыть приложение: ваше место в очереди сохранится.",
        emergency: "Если жизни угрожает опасность, не ждите ответа в чате: звоните 112.",
        "trust.statement":
          "Переписка зашифрована между вами и клиникой. Её читают врачи, которые ведут вашу консультацию, и служба клиники, которая хранит архив.",
        consent: "Я согласен на обработку персональных данных и консультацию в чате.",
      },
      en: {
        "home.title": clinic ? "Ask a doctor" : "Speak to a lawyer",
        "home.greeting": "Hello! Tell us what is troubling you, and a doctor will answer in the chat.",
        "waiting.note": "You may close the app: your place in the queue is kept.",
        emergency: "If life is in danger, do not wait for an answer here: call 112.",
        "trust.statement":
          "Your messages are encrypted between you and the clinic. The doctors of your consultation read them, and so does the clinic's service that keeps the archive.",
        consent: "I agree that my personal data are processed and that I am advised by chat.",
      },
    },
    features: {
      registration: true,
      attachments: true,
      voice_messages: true,
      voice_message_seconds: 300,
      reactions: true,
      calls: true,
    },
    contacts: {
      phone: "+74950000000",
      email: "hello@demo.example",
      address: "Москва, ул. Примерная, 1",
      emergency_phone: "112",
    },
    legal: [
      {
        id: "privacy",
        title: { ru: "Персональные данные", en: "Privacy" },
        version: "2026-11-01",
        url: "/brand/legal/privacy",
      },
      {
        id: "terms",
        title: { ru: "Условия", en: "Terms" },
        version: "2026-11-01",
        url: "/brand/legal/terms",
      },
    ],
    server: {
      server_name: "demo.example",
      homeserver_url: origin,
      consult_url: origin,
      patient_url: origin,
      console_url: origin,
      keeper_user_id: "@keeper:demo.example",
      keeper_master_key: null,
      sticky_calls: false,
    },
  };
}
