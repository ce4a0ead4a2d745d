/** What kind of file it is, at a glance. */
import {
  IconAlertTriangle,
  IconFile,
  IconFileMusic,
  IconFileText,
  IconFileZip,
  IconMovie,
  IconPhoto,
} from "./icons.ts";

export interface FileIconProps {
  mimetype: string;
  /** It could not be opened. */
  failed?: boolean;
  size?: number;
}

export function FileIcon({ mimetype, failed = false, size = 22 }: FileIconProps) {
  const props = { size, stroke: 1.75, "aria-hidden": true } as const;
  if (failed) return <IconAlertTriangle {...props} />;
  if (mimetype.startsWith("image/")) return <IconPhoto {...props} />;
  if (mimetype.startsWith("audio/")) return <IconFileMusic {...props} />;
  if (mimetype.startsWith("video/")) return <IconMovie {...props} />;
  if (/zip|compressed|tar/.test(mimetype)) return <IconFileZip {...props} />;
  if (/pdf|text|word|document|sheet/.test(mimetype)) return <IconFileText {...props} />;
  return <IconFile {...props} />;
}
