/** Pretend services, as a clinic offers them. */
import type { Service } from "@consilium/kit/api";

export function services(ru: boolean): Service[] {
  const one = (
    id: string,
    name: [string, string],
    description: [string, string],
    icon: string,
    rest: Partial<Service>,
  ): Service => ({
    id,
    name: ru ? name[0] : name[1],
    description: ru ? description[0] : description[1],
    icon,
    open: true,
    operators_online: 2,
    wait: { p50_seconds: 200, p80_seconds: 420 },
    price: null,
    languages: ["ru", "en"],
    callback: { available: true, offered: false, reason: null },
    ...rest,
  });
  return [
    one(
      "q1",
      ["Терапевт", "General practitioner"],
      ["Простуда, давление, самочувствие, анализы", "Colds, blood pressure, how you feel, test results"],
      "stethoscope",
      {},
    ),
    one("q2", ["Педиатр", "Paediatrician"], ["Для детей до 18 лет", "For children up to 18"], "mood-kid", {
      operators_online: 1,
      price: { amount_minor: 90000, currency: "RUB" },
      wait: { p50_seconds: 360, p80_seconds: 1500 },
      callback: { available: true, offered: true, reason: "long_wait" },
    }),
    one("q3", ["Кардиолог", "Cardiologist"], ["Сердце и сосуды", "Heart and vessels"], "heart-rate-monitor", {
      operators_online: 0,
      wait: null,
      callback: { available: true, offered: true, reason: "nobody_online" },
      price: { amount_minor: 150000, currency: "RUB" },
    }),
    one(
      "q4",
      ["Запись и справки", "Front desk"],
      ["Приём, документы, результаты", "Visits, papers, results"],
      "clipboard-text",
      {
        hours: {
          time_zone: "Europe/Moscow",
          open: false,
          opens_at: new Date(Date.now() + 12 * 3_600_000).toISOString(),
          times: [],
        },
        open: false,
        operators_online: 0,
        wait: null,
        callback: { available: true, offered: true, reason: "closed" },
      },
    ),
  ];
}
