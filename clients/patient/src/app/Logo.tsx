/** The partner's logo, its dark one on dark ground; its name in letters where the picture does not come. */
import { useBrand } from "@consilium/kit/brand";
import { useComputedColorScheme } from "@mantine/core";
import { useState } from "react";
import css from "./Logo.module.css";

export function Logo({ large = false }: { large?: boolean }) {
  const { name, logo_url, logo_dark_url } = useBrand();
  const scheme = useComputedColorScheme("light");
  const [broken, setBroken] = useState(false);
  const address = scheme === "dark" && logo_dark_url !== null ? logo_dark_url : logo_url;
  if (broken) return <span className={css.name}>{name}</span>;
  return (
    <img className={css.logo} data-large={large} src={address} alt={name} onError={() => setBroken(true)} />
  );
}
