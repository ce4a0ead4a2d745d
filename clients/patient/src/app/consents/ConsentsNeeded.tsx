/** Over a conversation in which nothing is open: what is written there begins nothing before the person has agreed. */
import { ErrorNotice } from "@consilium/kit/ui";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { paths } from "../paths.ts";
import { askedOf } from "./model.ts";
import { useConsents } from "./useConsents.ts";

export function ConsentsNeeded() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const isMissing = askedOf(useConsents().consents).some(({ required }) => required);
  if (!isMissing) return null;
  return (
    <ErrorNotice
      tone="warning"
      title={t("consents.needed")}
      text={t("consents.neededText")}
      action={{ label: t("consents.neededOpen"), onClick: () => navigate(paths.home) }}
    />
  );
}
