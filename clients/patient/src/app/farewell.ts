/** What is shown to somebody whose account has ended, when nothing of the account is left to show it. */
import type { DeletionReceipt } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";

/** `null`: nobody is leaving. */
export const farewell = new Cell<DeletionReceipt | null>(null);
