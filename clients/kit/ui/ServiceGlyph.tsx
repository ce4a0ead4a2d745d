/** Every icon that a queue may have. A chunk of its own: a brand uses a handful of them, and the first screen waits for none. */
import type { ComponentType } from "react";
import * as icons from "./icons.ts";

type IconComponent = ComponentType<{
  size?: number | string;
  stroke?: number | string;
  "aria-hidden"?: boolean;
}>;

/** Names that a brand may use; any other is drawn as a speech bubble. */
const SERVICE_ICONS: Record<string, IconComponent> = {
  activity: icons.IconActivity,
  apple: icons.IconApple,
  "baby-carriage": icons.IconBabyCarriage,
  bone: icons.IconBone,
  brain: icons.IconBrain,
  briefcase: icons.IconBriefcase,
  building: icons.IconBuilding,
  "building-estate": icons.IconBuildingEstate,
  "credit-card": icons.IconCreditCard,
  "file-description": icons.IconFileDescription,
  "help-circle": icons.IconHelpCircle,
  school: icons.IconSchool,
  umbrella: icons.IconUmbrella,
  "building-bank": icons.IconBuildingBank,
  calendar: icons.IconCalendar,
  car: icons.IconCar,
  "clipboard-text": icons.IconClipboardText,
  dental: icons.IconDental,
  ear: icons.IconEar,
  eye: icons.IconEye,
  "file-certificate": icons.IconFileCertificate,
  gavel: icons.IconGavel,
  headset: icons.IconHeadset,
  heart: icons.IconHeart,
  "heart-handshake": icons.IconHeartHandshake,
  "heart-rate-monitor": icons.IconHeartRateMonitor,
  home: icons.IconHome,
  lungs: icons.IconLungs,
  "mood-kid": icons.IconMoodKid,
  nurse: icons.IconNurse,
  paw: icons.IconPaw,
  pill: icons.IconPill,
  scale: icons.IconScale,
  shield: icons.IconShield,
  "shopping-cart": icons.IconShoppingCart,
  stethoscope: icons.IconStethoscope,
  user: icons.IconUser,
  users: icons.IconUsers,
  vaccine: icons.IconVaccine,
  wallet: icons.IconWallet,
  woman: icons.IconWoman,
};

export function ServiceGlyph({ name, size }: { name: string; size: number }) {
  const Icon = SERVICE_ICONS[name] ?? icons.IconMessageCircle;
  return <Icon size={size} stroke={1.75} aria-hidden />;
}
