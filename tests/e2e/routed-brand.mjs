/** A brand whose services find their operators by themselves: an example brand with rules for it, in a folder of its own. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const brands = resolve(dirname(fileURLToPath(import.meta.url)), "../../config/brands");

/** @param {string} rules TOML of `routing`, for every queue */
export async function routedBrand(name, rules) {
  const folder = await mkdtemp(join(tmpdir(), "consilium-brand-"));
  const brand = join(folder, name);
  await cp(join(brands, name), brand, { recursive: true });
  const file = join(brand, "brand.toml");
  const toml = await readFile(file, "utf8");
  await writeFile(file, toml.replaceAll("[[queues]]\n", `[[queues]]\nrouting = ${rules}\n`));
  return { brand, end: () => rm(folder, { recursive: true, force: true }) };
}
