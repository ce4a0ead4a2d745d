/** As what a colleague is asked in. */
import type { GuestRole } from "@consilium/kit/api";
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { GUEST_ROLES, isGuestRole } from "./model.ts";

export function RoleSelect({ role, onChange }: { role: GuestRole; onChange: (role: GuestRole) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("invite.role")}
      data={GUEST_ROLES.map((value) => ({ value, label: t(`participantRole.${value}`) }))}
      value={role}
      allowDeselect={false}
      onChange={(value) => isGuestRole(value) && onChange(value)}
      description={t(`invite.about.${role}`)}
      checkIconPosition="right"
    />
  );
}
