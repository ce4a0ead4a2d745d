import { describe, expect, it } from "vitest";
import { formOf, isWhole, linkOf, newView, sharingOf } from "./model.ts";

const QUERY = { section: "waiting", query: "sla=breach", order: null } as const;

describe("the form of a view", () => {
  it("sends a name, the query and who sees it", () => {
    expect(newView({ name: " Late ", with: "nobody", queues: ["general"] }, QUERY)).toEqual({
      section: "waiting",
      query: "sla=breach",
      order: null,
      name: "Late",
      sharing: { with: "nobody" },
    });
    expect(sharingOf({ name: "A", with: "queues", queues: ["general"] })).toEqual({
      with: "queues",
      queue_ids: ["general"],
    });
  });

  it("reads back what a view says", () => {
    const sharing = { with: "queues", queue_ids: ["dental"] } as const;
    const form = formOf({ name: "Teeth", sharing: { ...sharing, queue_ids: [...sharing.queue_ids] } });
    expect(form).toEqual({ name: "Teeth", with: "queues", queues: ["dental"] });
    expect(sharingOf(form)).toEqual(sharing);
  });

  it("is whole with a name, and with queues where it is shared with some", () => {
    expect(isWhole({ name: " ", with: "nobody", queues: [] })).toBe(false);
    expect(isWhole({ name: "я".repeat(61), with: "nobody", queues: [] })).toBe(false);
    expect(isWhole({ name: "Late", with: "everybody", queues: [] })).toBe(true);
    expect(isWhole({ name: "Late", with: "queues", queues: [] })).toBe(false);
  });
});

it("the address of a view names it alone", () => {
  expect(linkOf("https://desk.test", "on-hold", "v1")).toBe("https://desk.test/on-hold?view=v1");
});
