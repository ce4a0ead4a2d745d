/** Whether what a person sees is for a thumb, and whole: controls large enough, nothing beside the screen, no words cut off. */

/** CSS pixels of a control for an elderly thumb. */
export const TARGET_MIN = 44;

/** Pixels that stick out to the side of the narrowest screen, and what sticks out. */
export async function outside(person, size) {
  const before = person.page.viewportSize();
  await person.page.setViewportSize(size);
  const found = await person.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const widest = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth - clientWidth} px: ${widest.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")}`;
  });
  await person.page.setViewportSize(before);
  return found;
}

/** Controls that are smaller than a thumb. What is in a line of text, or only for readers of the screen, is none. */
export const small = (person) =>
  person.page.evaluate((min) => {
    const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const inWords = (element) => element.matches("p a, .mantine-InputWrapper-description a");
    return [...document.querySelectorAll("a[href], button, input, textarea, select, [role=button]")]
      .filter((element) => !inWords(element) && !element.matches("[inert] *"))
      .map((element) => element.closest("label") ?? element)
      .filter((element) => seen(element) && getComputedStyle(element).clipPath === "none")
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && box.width > 0 && (box.width < min - 0.5 || box.height < min - 0.5))
      .map(({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`);
  }, TARGET_MIN);

/**
 * What lies beside the screen, boxes that scroll to the side, and words that end in the middle of a letter, on the whole page or `within` a part of it. What ends in
 * «…» says that there is more, and a heading or a control that does has all of it elsewhere.
 */
export const cutOff = (person, within = "body") =>
  person.page.evaluate((within) => {
    const wide = document.documentElement.clientWidth;
    const here = document.querySelector(within);
    const name = (element) => element.outerHTML.slice(0, 120);
    const seen = (element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      getComputedStyle(element).clipPath === "none" &&
      element.closest(".unseen, [inert]") === null &&
      element.getBoundingClientRect().width > 0;
    const isWider = (element) => element.scrollWidth > element.clientWidth + 1;
    const asides = [...here.querySelectorAll("*:not(textarea, input, pre, code)")].filter(
      (box) => isWider(box) && ["auto", "scroll"].includes(getComputedStyle(box).overflowX) && seen(box),
    );
    const scrollsAside = (element) => asides.some((box) => box.contains(element));
    const beside = [...here.querySelectorAll("a[href], button, input, textarea, select, h1, h2, h3, p, dd")].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return seen(element) && (left < -1 || right > wide + 1) && !scrollsAside(element);
    });
    const clipped = [...here.querySelectorAll("a[href] *, button, button *, h1, h2, h3, p, label, dd")].filter((element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const clips = overflowX === "hidden" || overflowX === "clip";
      const holdsWords = element instanceof HTMLElement && !element.matches("img, video, canvas");
      return holdsWords && clips && textOverflow !== "ellipsis" && seen(element) && isWider(element);
    });
    const told = (what, elements) => elements.map((element) => `${what}: ${name(element)}`);
    return [...told("beside the screen", beside), ...told("scrolls aside", asides), ...told("cut off", clipped)];
  }, within);
