/** Pretend services, as a clinic offers them. */
import type { Question, Questionnaire, Service } from "@consilium/kit/api";
import { questionSample } from "@consilium/kit/testing";

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
    questionnaire: null,
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
      questionnaire: aboutTheChild(ru),
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

export function aboutTheChild(ru: boolean): Questionnaire {
  const say = (words: [string, string]) => words[ru ? 0 : 1];
  const question = (
    link_id: string,
    type: Question["type"],
    text: [string, string],
    rest: Partial<Question>,
  ) => questionSample(link_id, type, { text: say(text), ...rest });
  const option = (code: string, text: [string, string], red_flag = false) => ({
    code,
    text: say(text),
    red_flag,
  });
  return {
    title: say(["Несколько вопросов о ребёнке", "A few questions about the child"]),
    items: [
      question("age", "choice", ["Сколько лет ребёнку?", "How old is the child?"], {
        required: true,
        options: [
          option("infant", ["Меньше года", "Under one"]),
          option("small", ["От 1 до 6 лет", "1 to 6"]),
          option("school", ["От 7 до 17 лет", "7 to 17"]),
        ],
      }),
      question("signs", "choice", ["Есть ли что-то из этого?", "Is any of this the case?"], {
        repeats: true,
        options: [
          option("breath", ["Тяжело дышит", "Breathes with difficulty"], true),
          option("rash", ["Сыпь", "A rash"]),
        ],
      }),
      question("highest", "decimal", ["Какая температура?", "How high is the fever?"], {
        unit: "°C",
        minimum: 34,
        maximum: 43,
        red_flag_from: 39.5,
      }),
      question(
        "medicines",
        "text",
        ["Какие лекарства уже давали?", "Which medicines has the child had?"],
        {},
      ),
    ],
  };
}
