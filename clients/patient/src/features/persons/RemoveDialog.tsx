/** Removing somebody, once it is clear what stays. */
import { ApiProblem, type Person, PersonApi } from "@consilium/kit/api";
import { Dialog, ErrorNotice } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApplyPersons } from "../../app/persons/usePersons.ts";
import { useSignedIn } from "../../app/session.tsx";

type Work = "idle" | "busy" | "open" | "failed";

export function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useSignedIn();
  const apply = useApplyPersons();
  const [work, setWork] = useState<Work>("idle");
  const remove = async () => {
    setWork("busy");
    try {
      const { persons } = await new PersonApi(api.client).remove(person.id);
      apply.all(persons);
      onClose();
    } catch (cause) {
      setWork(cause instanceof ApiProblem && cause.slug === "conflict" ? "open" : "failed");
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("persons.removeTitle")}
      footer={
        <>
          <Button variant="default" disabled={work === "busy"} onClick={onClose}>
            {t("persons.keep")}
          </Button>
          <Button color="red" loading={work === "busy"} onClick={() => void remove()}>
            {t("persons.remove")}
          </Button>
        </>
      }
    >
      <p>
        <strong>{person.name}</strong>
      </p>
      <p>{t(person.consultations > 0 ? "persons.removeKept" : "persons.removeText")}</p>
      {work === "open" && <ErrorNotice title={t("persons.removeOpen")} text={t("persons.removeOpenText")} />}
      {work === "failed" && <ErrorNotice title={t("persons.failed")} text={t("persons.failedText")} />}
    </Dialog>
  );
}
