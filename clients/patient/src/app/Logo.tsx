/** The partner's logo, its dark one on dark ground; its name in letters where the picture does not come. */
import { useBrand, useLogo } from "@consilium/kit/brand";
import { useState } from "react";
import css from "./Logo.module.css";

export function Logo({ large = false }: { large?: boolean }) {
  const { name } = useBrand();
  const address = useLogo();
  const [broken, setBroken] = useState(false);
  if (broken) return <span className={css.name}>{name}</span>;
  return (
    <img className={css.logo} data-large={large} src={address} alt={name} onError={() => setBroken(true)} />
  );
}
