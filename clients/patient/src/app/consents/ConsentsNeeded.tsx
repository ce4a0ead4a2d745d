/** Over a conversation in which nothing is open: what is written there begins nothing before the person has agreed. Else what invites to write again. */
import { ErrorNotice } from "@consilium/kit/ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { paths } from "../paths.ts";
import css from "./Consents.module.css";
import { askedOf } from "./model.ts";
import { useConsents } from "./useConsents.ts";

export function ConsentsNeeded({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const isMissing = askedOf(useConsents().consents).some(({ required }) => required);
  if (!isMissing) return otherwise;
  return (
    <div className={css.needed}>
      <ErrorNotice
        tone="warning"
        title={t("consents.needed")}
        text={t("consents.neededText")}
        action={{ label: t("consents.neededOpen"), onClick: () => navigate(paths.home) }}
      />
    </div>
  );
}
