/** How good the line of a member is: three bars and a word. */
import { useTranslation } from "react-i18next";
import type { LinkQuality } from "../../matrix/index.ts";
import css from "./QualityBars.module.css";

const BARS: Readonly<Record<LinkQuality, number>> = { excellent: 3, good: 2, poor: 1, lost: 0, unknown: 0 };

export function QualityBars({ quality }: { quality: LinkQuality }) {
  const { t } = useTranslation("kit");
  const label = t(`call.quality.${quality}`);
  return (
    <span className={css.bars} data-quality={quality} role="img" aria-label={label} title={label}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={css.bar} data-on={bar <= BARS[quality]} />
      ))}
    </span>
  );
}
