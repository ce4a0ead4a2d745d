/** Canned replies: all that one may use, found while one types; one's own, and for supervisors the shared ones, are kept here. */
import type { Canned } from "@consilium/kit/api";
import { useBrand, useLocale } from "@consilium/kit/brand";
import { Badge, Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconPlus, IconSearch } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { folded } from "../../live/names.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import { firstLine } from "../../writing/placeholders.ts";
import classes from "./CannedDialog.module.css";
import { CannedForm } from "./CannedForm.tsx";
import { FileNames } from "./FileNames.tsx";
import { emptyForm, formOf, mayKeep } from "./model.ts";

interface CannedDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function CannedDialog({ opened, onClose }: CannedDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("canned.title")} size="lg">
      {opened && <Replies />}
    </Modal>
  );
}

/** `new`: a reply that is not there yet. */
type Open = Canned | "new" | null;

function Replies() {
  const { me } = useConsole();
  const { languages } = useBrand();
  const locale = useLocale();
  const [open, setOpen] = useState<Open>(null);
  const role = me.role === "supervisor" ? "supervisor" : "operator";
  const close = () => setOpen(null);
  if (open === null) return <List onOpen={setOpen} />;
  if (open === "new") {
    const language = languages.includes(locale) ? locale : (languages[0] ?? locale);
    const scope = role === "supervisor" ? "shared" : "personal";
    return <CannedForm reply={null} initial={emptyForm(scope, language)} onClose={close} />;
  }
  return mayKeep(open, role) ? (
    <CannedForm key={open.id} reply={open} initial={formOf(open)} onClose={close} />
  ) : (
    <Reading reply={open} onClose={close} />
  );
}

function useFound(q: string): Canned[] {
  const replies = useReadable(useConsole().canned.items);
  const wanted = folded(q);
  return [...replies.values()]
    .filter(({ title, shortcut, text }) =>
      [title, shortcut, text].some((each) => folded(each).includes(wanted)),
    )
    .sort((a, b) => a.title.localeCompare(b.title));
}

function List({ onOpen }: { onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const found = useFound(q);
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.list}>
      <p className={classes.hint}>{t("canned.hint")}</p>
      <div className={classes.tools}>
        <TextInput
          data-autofocus
          className={classes.search}
          placeholder={t("canned.find")}
          aria-label={t("canned.find")}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => onOpen("new")}
        >
          {t("canned.add")}
        </Button>
        <CommandButton id="consultation.macro" variant="default" hideWhenForbidden />
      </div>
      {found.length === 0 && <p className={classes.hint}>{t(q === "" ? "canned.none" : "canned.nothing")}</p>}
      <ul className={classes.replies} aria-label={t("canned.title")}>
        {found.map((reply) => (
          <li key={reply.id}>
            <button type="button" className={classes.reply} onClick={() => onOpen(reply)}>
              <span className={classes.line}>
                <span className={classes.name} lang={reply.language}>
                  {reply.title}
                </span>
                <span className={classes.shortcut} lang={reply.language}>
                  /{reply.shortcut}
                </span>
                <Badge size="sm" variant="default" tt="none">
                  {t(`canned.scope.${reply.scope}`)}
                </Badge>
                <span className={classes.language}>{reply.language.toUpperCase()}</span>
              </span>
              {reply.text !== "" && (
                <span className={classes.text} lang={reply.language}>
                  {firstLine(reply.text)}
                </span>
              )}
              {reply.files.length > 0 && <FileNames files={reply.files} />}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A shared reply for who does not keep it. */
function Reading({ reply, onClose }: { reply: Canned; onClose: () => void }) {
  const { t } = useTranslation();
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.list}>
      <h3 className={classes.name} lang={reply.language}>
        {reply.title}
      </h3>
      {reply.text !== "" && (
        <p className={classes.whole} lang={reply.language}>
          {reply.text}
        </p>
      )}
      {reply.files.length > 0 && <FileNames files={reply.files} />}
      <p className={classes.hint}>{t("canned.keptBy")}</p>
      <div className={classes.tools}>
        <Button data-autofocus variant="default" onClick={onClose}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
}
