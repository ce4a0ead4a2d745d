/** What was agreed to for somebody, each by itself. */
import type { Person } from "@consilium/kit/api";
import { Dialog } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ConsentItems } from "../../app/consents/ConsentItems.tsx";

export function ConsentsDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("persons.consentsOf", { name: person.name })}
      footer={
        <Button variant="default" onClick={onClose}>
          {t("consents.close")}
        </Button>
      }
    >
      <ConsentItems person={person.id} />
    </Dialog>
  );
}
