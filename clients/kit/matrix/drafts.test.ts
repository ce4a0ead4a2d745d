/** @vitest-environment jsdom: it has the storage that is written at once. */
import "fake-indexeddb/auto";
import Dexie from "dexie";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ClientDatabase, databaseName, openDatabase } from "./database.ts";
import { forgetDrafts, StoredDrafts } from "./drafts.ts";

const USER = "@anna:x";
const DRAFT = { text: "half a sent", replyTo: "$e" };
let database: ClientDatabase;

beforeEach(() => {
  localStorage.clear();
  database = openDatabase(USER);
});
afterEach(async () => {
  database.close();
  await Dexie.delete(databaseName(USER));
});

it("keeps a draft in the database, and nothing beside it", async () => {
  const drafts = new StoredDrafts(database, USER);
  await drafts.save("!r", DRAFT);
  expect(localStorage.length).toBe(0);
  expect(await new StoredDrafts(database, USER).load("!r")).toEqual(DRAFT);
  await drafts.save("!r", { text: "", replyTo: null });
  expect(await drafts.load("!r")).toBeNull();
});

it("loses nothing when the page goes before the database has answered", async () => {
  void new StoredDrafts(database, USER).save("!r", DRAFT);
  database.close();
  database = openDatabase(USER);
  expect(await new StoredDrafts(database, USER).load("!r")).toEqual(DRAFT);
  expect(localStorage.length).toBe(0);
});

it("forgets a user's drafts and nobody else's", async () => {
  localStorage.setItem("consilium.draft:@boris:x:!r", "{}");
  localStorage.setItem("consilium.draft:@anna:x:!r", "{}");
  forgetDrafts(USER);
  expect(Object.keys(localStorage)).toEqual(["consilium.draft:@boris:x:!r"]);
});
