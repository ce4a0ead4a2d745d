/**
 * Whether a press arrived. Once in some hundred runs one did not: the driver says that it pressed, and the page got nothing, or what was pressed moved away between
 * press and release. A person would press again; so does this, and says so. A press that arrived is never made again: where nothing comes of it, the test fails.
 */

/** Runs before the page's own code: counts presses, and the clicks that became of them where they began. */
export function countPresses() {
  const presses = { down: 0, click: 0 };
  let pressed = null;
  const control = (target) => (target instanceof Element ? (target.closest("button, a, label, input, textarea, [role], [tabindex]") ?? target) : null);
  addEventListener(
    "mousedown",
    (event) => {
      presses.down += 1;
      pressed = control(event.target);
    },
    true,
  );
  addEventListener(
    "click",
    (event) => {
      if (pressed === null || pressed.contains(event.target) || control(event.target) === pressed) presses.click += 1;
    },
    true,
  );
  globalThis.consiliumPresses = presses;
}

/** How many there were of both, in the frame of what is pressed. */
function countsAround(element) {
  const { consiliumPresses: now } = element.ownerDocument.defaultView;
  return { now, before: { ...now } };
}

const isLost = ({ now, before }) => now !== undefined && (now.down === before.down || now.click === before.click);

/** Every press of a page's locators looks whether it arrived. */
export function minding(page) {
  const prototype = Object.getPrototypeOf(page.locator("body"));
  if (prototype.pressesAreMinded) return;
  prototype.pressesAreMinded = true;
  const { click } = prototype;
  prototype.click = async function (options = {}) {
    if (options.button !== undefined || options.trial) return click.call(this, options);
    const counts = await this.evaluateHandle(countsAround);
    await click.call(this, options);
    // Whoever went to another page has pressed.
    const lost = await counts.evaluate(isLost).catch(() => false);
    await counts.dispose().catch(() => undefined);
    if (!lost || !(await this.isVisible().catch(() => false))) return;
    console.log(`# a press was lost, and is made again: ${this}`);
    await click.call(this, options);
  };
}
