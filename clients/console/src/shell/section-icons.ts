/** One icon for each section. */
import {
  IconArchive,
  IconChartBar,
  type IconComponent,
  IconFlag,
  IconHeadset,
  IconHistory,
  IconInbox,
  IconLayoutDashboard,
  IconMessageCircle,
  IconMessages,
  IconPhone,
  IconPhoneCall,
  IconPlayerPause,
  IconSettings,
  IconUsers,
  IconWebhook,
} from "../icons.ts";
import type { Section } from "../live/sections.ts";

export const SECTION_ICONS: Readonly<Record<Section, IconComponent>> = {
  waiting: IconInbox,
  mine: IconMessageCircle,
  active: IconMessages,
  "on-hold": IconPlayerPause,
  callbacks: IconPhoneCall,
  calls: IconPhone,
  archive: IconArchive,
  patients: IconUsers,
  operators: IconHeadset,
  wallboard: IconLayoutDashboard,
  reports: IconChartBar,
  audit: IconHistory,
  integrations: IconWebhook,
  settings: IconSettings,
  setup: IconFlag,
};
