/** What the desk offers to this operator by itself. */
export { OfferPanel } from "./OfferPanel.tsx";
export { useOffer } from "./useOffer.ts";
