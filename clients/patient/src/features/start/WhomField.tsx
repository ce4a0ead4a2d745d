/** For whom one asks: oneself, or somebody one acts for. Who acts for nobody is shown one quiet way to begin. */
import type { Person } from "@consilium/kit/api";
import { ChoiceGroup } from "@consilium/kit/ui";
import { IconUserPlus } from "@consilium/kit/ui/icons";
import { useTranslation } from "react-i18next";
import ground from "../../app/Ground.module.css";
import css from "./StartView.module.css";

interface WhomFieldProps {
  /** Those who can be asked for. */
  persons: readonly Person[];
  /** `null`: oneself. */
  chosen: string | null;
  onChoose: (person: string | null) => void;
  onAdd: () => void;
}

/** No id of a person is this. */
const SELF = "self";

export function WhomField({ persons, chosen, onChoose, onAdd }: WhomFieldProps) {
  const { t } = useTranslation();
  const add = (
    <button type="button" className={css.addPerson} onClick={onAdd}>
      <IconUserPlus size={22} stroke={1.75} aria-hidden />
      {t(persons.length === 0 ? "start.forAnother" : "start.addPerson")}
    </button>
  );
  if (persons.length === 0) return add;
  return (
    <div className={css.whom}>
      <ChoiceGroup
        label={t("start.whom")}
        value={chosen ?? SELF}
        onChange={(value) => onChoose(value === SELF ? null : value)}
        choices={[
          { value: SELF, label: t("start.forMe") },
          ...persons.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {chosen !== null && <p className={ground.muted}>{t("start.forThem")}</p>}
      {add}
    </div>
  );
}
