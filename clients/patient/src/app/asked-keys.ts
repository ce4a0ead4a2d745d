/** Where a question lies until the outbox has it. A sign-out removes it. */

/** The questions that wait for a network. */
export const askedKey = (userId: string) => `consilium.asked:${userId}`;

/** What is typed for a service and was not asked yet. */
export const typedKey = (userId: string, serviceId: string) => `consilium.question:${userId}:${serviceId}`;

export function forgetQuestions(userId: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key === askedKey(userId) || key.startsWith(typedKey(userId, ""))) localStorage.removeItem(key);
  }
}
