/** What is said for a moment at the foot of the page. */
import { Notifications } from "@mantine/notifications";

export function Notices() {
  return <Notifications position="bottom-left" />;
}
