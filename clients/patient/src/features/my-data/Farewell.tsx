/** After the end of the account: the receipt, to read and to keep, and the way back to the sign-in. */
import type { DeletionReceipt } from "@consilium/kit/api";
import { saveBlob } from "@consilium/kit/ui";
import { IconCircleCheck, IconDownload } from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { farewell } from "../../app/farewell.ts";
import css from "./MyData.module.css";

export function Farewell({ receipt }: { receipt: DeletionReceipt }) {
  const { t } = useTranslation();
  const keep = () =>
    saveBlob(
      new Blob([receipt.html], { type: "text/html" }),
      `${t("myData.receiptFile")}-${receipt.number}.html`,
    );
  const leave = () => {
    // The address of a screen that was behind the sign-in says nothing to whoever signs in next.
    history.replaceState(null, "", "/");
    farewell.set(null);
  };
  return (
    <main className={css.farewell}>
      <IconCircleCheck className={css.done} size={48} stroke={1.5} aria-hidden />
      <h1 className={css.title}>{t("myData.doneTitle")}</h1>
      <p>{t("myData.doneText")}</p>
      <p className={css.muted}>{t("myData.doneNumber", { number: receipt.number })}</p>
      <Button leftSection={<IconDownload size={22} stroke={1.75} aria-hidden />} onClick={keep}>
        {t("myData.receipt")}
      </Button>
      <Button variant="default" onClick={leave}>
        {t("myData.leave")}
      </Button>
    </main>
  );
}
