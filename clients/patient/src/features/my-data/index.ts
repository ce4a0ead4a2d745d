/** My data: a copy of everything, the end of the account, and the farewell after it. */
export { DeleteView } from "./DeleteView.tsx";
export { Farewell } from "./Farewell.tsx";
export { MyDataView } from "./MyDataView.tsx";
export { addMyDataWords } from "./words.ts";
