/** The files of a reply, by name. */
import type { DeskFile } from "@consilium/kit/api";
import { IconPaperclip } from "../../icons.ts";
import classes from "./CannedDialog.module.css";

export function FileNames({ files }: { files: readonly DeskFile[] }) {
  return (
    <span className={classes.fileNames}>
      <IconPaperclip size={16} stroke={1.75} aria-hidden /> {files.map(({ name }) => name).join(", ")}
    </span>
  );
}
