/** Build of the console. */
import { consiliumApp } from "@consilium/kit/vite";
import { defineConfig } from "vite";

/** What the desk's frame is made of, as one file: in pieces of a few hundred bytes, shared with later parts, it compresses badly. */
const DESK = [
  /console\/src\/(Opened|format|attention\/\w+|desk\/(desk|DeskContext)|router\/\w+|session\/ConsoleContext|settings\/(prefs|profile-keys))\./,
  /console\/src\/commands\/(?!Palette\.|ShortcutSheet|CommandMenu)/,
  /console\/src\/live\/(actions|callback-actions|callback-list|card-tabs|fields|follow-ups|hooks|offers|reason|tabs|views)\./,
  /console\/src\/list\/(BulkButtons|PickBox|SelectionBar|SortMenu|days|filters|selection|useSelection)\./,
  /console\/src\/shell\/(Banners|BottomBar|Desk|Dialogs|PanelHead|Panes|Resizer|SectionsPane|SoundStep|ViewLinks|layout|parts|section-icons|useCommandsOfDesk)\./,
  /console\/src\/ui\/(Elapsed|Fence|Hint|ListPane|Pane|Refusal|Search|StatusDot|TagChip|Total|Viewers|VirtualList|custom-fields|deskPart|rows|useFieldFilters|useMenuButton)\./,
  /console\/src\/features\/(queue\/\w+|status\/(StatusMenu|WrapUp|model|useStatus)|views\/(ViewBar|Views|model|useViewActions)|consultation\/(ConsultationTabs|NoConsultation))\./,
  /console\/src\/features\/(call\/(model|useCallCommands)|callback\/useCommandCallback|offer\/(model|useOffer)|setup\/(SetupPlace|useMeeting)|settings\/SettingsPlaces|wallboard\/full-screen)\./,
  /kit\/(ui\/(Avatar|ConnectionBanner|useFocusKept|call\/(tones|useTone)|filters\/(Filters|model|useFilters))|brand\/(dates|formats|logo|typed-date|zoned)|api\/(rules|setup))\./,
  /node_modules\/(@tanstack\/(history|query-core|react-query|react-router|react-store|router-core|store)|use-sync-external-store|virtua)\//,
  /@mantine\/(store|hooks\/esm\/(use-clipboard|use-debounced-callback|use-id|use-did-update|use-uncontrolled)|notifications\/esm\/notifications\.store|spotlight\/esm\/spotlight\.store)/,
  /@mantine\/core\/esm\/components\/(ActionIcon|Badge|Button|CloseButton|CopyButton|Input|InputBase|TextInput|Transition|UnstyledButton)\//,
  /icons-react\/dist\/esm\/icons\/Icon(Alarm|Archive|ArrowBarUp|ArrowUp|ArrowsSort|Bell|BellOff|Bookmark|ChartBar|Check|ChevronDown|CloudOff|Filter|Flag|Headset)\.mjs/,
  /icons-react\/dist\/esm\/icons\/Icon(History|Inbox|LayoutDashboard|LayoutList|Link|Menu2|MessageCircle|Messages|Phone|PhoneCall|PlayerPause|Search|Settings)\.mjs/,
  /icons-react\/dist\/esm\/icons\/Icon(ShieldX|Users|UsersGroup|VolumeOff|Webhook|X)\.mjs/,
];

/** What stands before any screen, likewise. */
const BASE = [
  /node_modules\/(clsx|i18next|react|react-dom|react-i18next|scheduler)\//,
  /@mantine\/core\/esm\/core\//,
  /kit\/brand\/(BrandProvider|derive|fold|i18n|icu|intl|load|oklch|region|theme)\./,
  /@mantine\/(hooks\/esm\/(use-color-scheme|use-isomorphic-effect|use-media-query|use-reduced-motion|utils)|core\/esm\/components\/Loader)\//,
  /icons-react\/dist\/esm\/(createReactComponent|defaultAttributes|icons\/Icon(AlertTriangle|DeviceDesktop|InfoCircle|Moon|Sun))\./,
  /node_modules\/openapi-fetch\//,
  /console\/src\/(live\/(board|desk|invitations|live-set|names|patient-rows|presence|queue-list|route|sections|whose)|ui\/(Loadable|problem))\./,
  /kit\/(api\/(?!rules|setup)|matrix\/(index|session|store|ended|call\/trouble)|calls\/\w+)/,
  /kit\/ui\/(ChoiceGroup|EmptyState|ErrorNotice|PlainButton|Skeletons|Switches|density|later|parts|styles|useReadable)\./,
];

export default defineConfig(consiliumApp(5174, { desk: DESK, base: BASE }));
