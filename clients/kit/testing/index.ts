/** A pretend server and client for looking at screens and for tests. Never imported by an app's own code. */
export { pretendBrand } from "./brand.ts";
export { callbackRowSample, callbackSample } from "./callbacks.ts";
export {
  callSample,
  type FakeCalls,
  type FakeDeviceCheck,
  type FakeMedia,
  fakeCalls,
  fakeDeviceCheck,
  fakeMedia,
  memberSample,
} from "./calls.ts";
export { PretendEngine, type PretendOptions, type PretendRoom } from "./engine.ts";
export { pictureInto } from "./pictures.ts";
export { questionSample } from "./questions.ts";
export { type Answer, type Answers, pretendFetch, refusal } from "./server.ts";
export { pretendStorage } from "./storage.ts";
export { PretendStream } from "./stream.ts";
