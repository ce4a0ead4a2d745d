/** Where a question lies until the outbox has it. A sign-out removes it. */

/** The questions that wait for a network. */
export const askedKey = (userId: string) => `consilium.asked:${userId}`;

/** What is typed for a service and was not asked yet. */
export const typedKey = (userId: string, serviceId: string) => `consilium.question:${userId}:${serviceId}`;

/** What is typed as answers to what a service asks. */
export const answersKey = (userId: string, serviceId: string) => `consilium.answers:${userId}:${serviceId}`;

/** For whom it is. */
export const personKey = (userId: string, serviceId: string) => `consilium.whom:${userId}:${serviceId}`;

/** It was sent. */
export function forgetTyped(userId: string, serviceId: string): void {
  localStorage.removeItem(typedKey(userId, serviceId));
  localStorage.removeItem(answersKey(userId, serviceId));
  localStorage.removeItem(personKey(userId, serviceId));
}

export function forgetQuestions(userId: string): void {
  for (const key of Object.keys(localStorage)) {
    if (
      key === askedKey(userId) ||
      [typedKey, answersKey, personKey].some((of) => key.startsWith(of(userId, "")))
    )
      localStorage.removeItem(key);
  }
}
