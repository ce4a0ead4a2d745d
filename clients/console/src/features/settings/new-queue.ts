/** A queue as a supervisor begins one. */
import type { QueueSettings } from "@consilium/kit/api";

/** What a new queue says where nobody has said something else; the same as the service's own defaults. */
export function queueSettings(): QueueSettings {
  return {
    retired: false,
    questionnaire: null,
    circle: "general",
    name: { en: "Queue", ru: "Очередь" },
    description: { en: "What to expect.", ru: "Чего ждать." },
    icon: "message-circle",
    price: null,
    languages: [],
    abandon_after_minutes: 240,
    return_after_minutes: 10,
    on_leave: "finish",
    silent_close_minutes: null,
    reopen_grace_minutes: 60,
    priority: 50,
    capacity: 500,
    time_zone: null,
    hours: [],
    keeps_holidays: true,
    closures: [],
    callback: { enabled: true, due_minutes: 60, retry_minutes: 30, long_wait_minutes: 15 },
    routing: {
      strategy: "manual",
      offer_seconds: 30,
      ask_again_seconds: 300,
      sticky: true,
      weight: 1,
      idle_weight: null,
      wrap_up_seconds: 60,
      skills: [],
      by_language: true,
      overflow: null,
    },
    sla: {
      wait_minutes: null,
      first_response_minutes: null,
      resolution_minutes: null,
      warn_percent: 75,
      by_priority: [],
    },
    conclusion: "off",
    conclusion_template: null,
    required_fields: [],
    rating: true,
    retention: null,
  };
}
