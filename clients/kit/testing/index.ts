/** A pretend server and client for looking at screens and for tests. Never imported by an app's own code. */
export { pretendBrand } from "./brand.ts";
export { PretendEngine, type PretendOptions, type PretendRoom } from "./engine.ts";
export { type Answer, type Answers, pretendFetch } from "./server.ts";
