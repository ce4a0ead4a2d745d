/** What to do when it cannot wait for an answer here, in the brand's words, and the number to call. */
import { useBrand, useBrandText, useFormats } from "@consilium/kit/brand";
import { IconPhone } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import css from "./Emergency.module.css";

/** `loud`: because of what the person has just said; it is read out at once. */
export function Emergency({ loud = false }: { loud?: boolean }) {
  const { t } = useTranslation();
  const { contacts } = useBrand();
  const formats = useFormats();
  const text = useBrandText();
  const words = text("emergency");
  if (words === null) return null;
  const phone = contacts.emergency_phone;
  return (
    <aside
      className={css.emergency}
      aria-label={t("home.emergency")}
      role={loud ? "alert" : undefined}
      data-loud={loud}
    >
      <p>{words}</p>
      {phone !== null && (
        <a className={css.call} href={`tel:${phone}`}>
          <IconPhone size={22} stroke={1.75} aria-hidden />
          {t("home.call", { phone: formats.phone(phone) })}
        </a>
      )}
    </aside>
  );
}
