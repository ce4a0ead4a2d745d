/** `calm` for the patient, `dense` for the console: one switch for spacing and target sizes of all shared components. */
import { createContext, type ReactNode, use } from "react";
import type { Density } from "./props.ts";

const DensityContext = createContext<Density>("calm");

export function UiDensity({ value, children }: { value: Density; children: ReactNode }) {
  return <DensityContext value={value}>{children}</DensityContext>;
}

export function useDensity(): Density {
  return use(DensityContext);
}
