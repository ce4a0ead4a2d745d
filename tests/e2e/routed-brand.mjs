/** An example brand with something changed in its file, in a folder of its own. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const brands = resolve(dirname(fileURLToPath(import.meta.url)), "../../config/brands");

/** @param {(toml: string) => string} change what becomes of `brand.toml` */
export async function changedBrand(name, change) {
  const folder = await mkdtemp(join(tmpdir(), "consilium-brand-"));
  const brand = join(folder, name);
  await cp(join(brands, name), brand, { recursive: true });
  const file = join(brand, "brand.toml");
  await writeFile(file, change(await readFile(file, "utf8")));
  return { brand, end: () => rm(folder, { recursive: true, force: true }) };
}

/** A brand whose services find their operators by themselves. @param {string} rules TOML of `routing`, for every queue */
export function routedBrand(name, rules) {
  return changedBrand(name, (toml) => toml.replaceAll("[[queues]]\n", `[[queues]]\nrouting = ${rules}\n`));
}
