/**
 * The network of one browser, cut and mended: everything of it, media too. What Chromium's own debugging stops is HTTP only, so its
 * network process is halted instead.
 */
import { processesOf } from "./processes.mjs";

const SERVICE = "network.mojom.NetworkService";

/** Nothing comes and nothing goes, until what this gives is called. */
export async function cutNetwork(browser) {
  const network = (await processesOf(browser)).find(({ words }) => words.includes(SERVICE));
  if (network === undefined) throw new Error("the browser has no network process");
  process.kill(network.id, "SIGSTOP");
  return () => process.kill(network.id, "SIGCONT");
}
