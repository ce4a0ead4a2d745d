/** The count on the icon of the browser's tab, for whoever has so many tabs that no title is read. An installed console has its own (`setAppBadge`). */
import { useEffect } from "react";

/** Unit: pixels; browsers make them smaller. */
const SIZE = 64;
/** More digits are not read on a tab. */
const COUNT_MAX = 99;

/** A disc in the brand's colour with the count on it, as an address; `null`: this browser draws nothing. */
function countIcon(count: number): string | null {
  if (typeof OffscreenCanvas === "undefined") return null;
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name);
  pen.fillStyle = token("--c-brand");
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, SIZE / 2, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = token("--c-on-brand");
  pen.font = `bold ${SIZE * (count > 9 ? 0.55 : 0.7)}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String(Math.min(count, COUNT_MAX)), SIZE / 2, SIZE * 0.54);
  return canvas.toDataURL();
}

/** Shows `count` on the tab's icon; 0: the brand's own. */
export function useTabIcon(count: number, draw: (count: number) => string | null = countIcon): void {
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const drawn = link === null || count === 0 ? null : draw(count);
    if (link === null || drawn === null) return;
    const usual = link.href;
    link.href = drawn;
    return () => {
      link.href = usual;
    };
  }, [count, draw]);
}
