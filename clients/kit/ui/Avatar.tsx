/** Initials on a quiet ground; a dot with a name when somebody is online. */
import { useTranslation } from "react-i18next";
import css from "./Avatar.module.css";
import type { AvatarProps } from "./props.ts";

export function Avatar({ name, size = "md", online }: AvatarProps) {
  const { t } = useTranslation("kit");
  return (
    <span className={css.avatar} data-size={size}>
      <span aria-hidden>{initials(name)}</span>
      {online === true && <span className={css.dot} role="img" aria-label={t("avatar.online")} />}
    </span>
  );
}

/** «Anna Petrova» → «AP», «Dr. Petrova» → «P»; titles and punctuation do not count. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith("."));
  const first = words[0]?.[0] ?? name.trim()[0] ?? "?";
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}
