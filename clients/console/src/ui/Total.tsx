/** How many rows a list has, beside its name. Where the service stopped counting, there are more, and that is said. */
import { useTranslation } from "react-i18next";

export interface Counted {
  readonly total: number;
  /** There are more. */
  readonly atLeast?: boolean | undefined;
}

export function Total({ of, className }: { of: Counted; className: string | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={className}>
      {of.atLeast === true ? t("list.atLeast", { total: of.total }) : of.total}
    </span>
  );
}
