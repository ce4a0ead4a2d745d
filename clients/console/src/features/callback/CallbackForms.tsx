/** What came of it, in the card itself: buttons, and under them the one form that was asked for. */
import type { CallbackOutcome, CallbackRow } from "@consilium/kit/api";
import { civil, ownZone, sameClock, useFormats } from "@consilium/kit/brand";
import { Button, Radio, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { CallbackForm } from "../../desk/desk.ts";
import { useCallbackState, useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./Callbacks.module.css";
import { AGAIN_MINUTES, OUTCOMES } from "./model.ts";

const NOTE_MAX = 4_000;
const RESULTS = ["done", "no-answer", "later"] as const;

export function CallbackForms({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const { context } = useCommands();
  const { callbackForm } = useDesk();
  const form = useReadable(callbackForm);
  const { callback } = context;
  if (callback === null || callback.id !== row.id || !callback.open) return null;
  return (
    <div className={classes.result}>
      {callback.mayDirect && (
        <>
          <h3>{t("callbacks.result")}</h3>
          <div className={classes.actions}>
            {RESULTS.map((each) => (
              <CommandButton
                key={each}
                id={`callback.${each}`}
                size="sm"
                variant={
                  form === each ? "light" : each === "done" && row.phase === "calling" ? "filled" : "default"
                }
              />
            ))}
          </div>
        </>
      )}
      {form !== null && <Form key={form} form={form} row={row} onClose={() => callbackForm.set(null)} />}
      <div className={classes.actions}>
        <CommandButton id="consultation.note" size="compact-sm" variant="subtle" hideWhenForbidden />
        <CommandButton
          id="callback.release"
          size="compact-sm"
          variant="subtle"
          color="gray"
          hideWhenForbidden
        />
        <CommandButton
          id="callback.cancel"
          size="compact-sm"
          variant="subtle"
          color="red"
          hideWhenForbidden
        />
      </div>
    </div>
  );
}

interface FormProps {
  form: CallbackForm;
  row: CallbackRow;
  onClose: () => void;
}

function Form({ form, row, onClose }: FormProps) {
  const { t } = useTranslation();
  const { callbackActions } = useConsole();
  const state = useCallbackState(row.id);
  const [note, setNote] = useState("");
  const [outcome, setOutcome] = useState<CallbackOutcome>("answered");
  const [minutes, setMinutes] = useState<string>("own");
  const [wish, setWish] = useState<Wish>({ soon: true, day: "", from: "", to: "" });
  const { id } = row;
  const send = (): Promise<boolean> => {
    switch (form) {
      case "done":
        return callbackActions.done(id, outcome, note);
      case "no-answer":
        return callbackActions.noAnswer(
          id,
          minutes === "own" ? null : new Date(Date.now() + Number(minutes) * 60_000).toISOString(),
          note,
        );
      case "later":
        return callbackActions.later(id, timeOf(wish, row.time_zone), note);
      case "cancel":
        return callbackActions.cancel(id, note);
      case "note":
        return callbackActions.note(id, note);
    }
  };
  const isWanting = (form === "note" && note.trim() === "") || (form === "later" && !isWhole(wish));
  return (
    <form
      className={classes.form}
      aria-label={t(`callbacks.form.${form}`)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWanting) void send().then((sent) => sent && onClose());
      }}
    >
      {form === "done" && (
        <Radio.Group
          size="sm"
          label={t("callbacks.outcomeName")}
          value={outcome}
          onChange={(value) => setOutcome(OUTCOMES.find((each) => each === value) ?? "answered")}
        >
          <div className={classes.radios}>
            {OUTCOMES.map((each, place) => (
              <Radio
                key={each}
                size="sm"
                value={each}
                label={t(`callbacks.outcome.${each}`)}
                data-autofocus={place === 0 || undefined}
                autoFocus={place === 0}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {form === "no-answer" && (
        <Select
          size="sm"
          autoFocus
          label={t("callbacks.again")}
          allowDeselect={false}
          value={minutes}
          onChange={(value) => setMinutes(value ?? "own")}
          data={AGAIN_MINUTES.map((each) => ({
            value: each === null ? "own" : String(each),
            label:
              each === null
                ? t("callbacks.againOwn")
                : t("callbacks.againIn", {
                    span: t(each < 60 ? "callbacks.span.minutes" : "callbacks.span.hours", {
                      count: each < 60 ? each : each / 60,
                    }),
                  }),
          }))}
        />
      )}
      {form === "later" && <LaterFields row={row} wish={wish} onChange={setWish} />}
      <Textarea
        size="sm"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={NOTE_MAX}
        autoFocus={form === "note" || form === "cancel"}
        label={t("callbacks.noteLabel")}
        description={t("callbacks.noteHint")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          type="submit"
          size="sm"
          color={form === "cancel" ? "red" : undefined}
          loading={state?.status === "busy"}
          disabled={isWanting}
        >
          {t(`callbacks.submit.${form}`)}
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

interface Wish {
  soon: boolean;
  /** `YYYY-MM-DD` and `HH:MM` by the patient's clock. */
  day: string;
  from: string;
  to: string;
}

function isWhole({ soon, day, from, to }: Wish): boolean {
  return soon || (day !== "" && from !== "" && to !== "" && from < to);
}

function timeOf({ soon, day, from, to }: Wish, zone: string) {
  return soon ? {} : { time_zone: zone, window: { start: `${day}T${from}`, end: `${day}T${to}` } };
}

/** In the patient's time, because that is what he says on the telephone. */
function LaterFields({
  row,
  wish,
  onChange,
}: {
  row: CallbackRow;
  wish: Wish;
  onChange: (wish: Wish) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { time_zone: zone } = row;
  const today = civil(Date.now(), zone).slice(0, 10);
  return (
    <>
      <Radio.Group
        size="sm"
        label={t("callbacks.column.when")}
        value={wish.soon ? "soon" : "window"}
        onChange={(value) =>
          onChange({ ...wish, soon: value === "soon", day: wish.day === "" ? today : wish.day })
        }
      >
        <div className={classes.radios}>
          <Radio size="sm" value="soon" label={t("callbacks.soon")} autoFocus />
          <Radio size="sm" value="window" label={t("callbacks.atTime")} />
        </div>
      </Radio.Group>
      {!wish.soon && (
        <div className={classes.times}>
          <TextInput
            size="sm"
            type="date"
            min={today}
            label={t("callbacks.day")}
            value={wish.day}
            onChange={(event) => onChange({ ...wish, day: event.currentTarget.value })}
          />
          <TextInput
            size="sm"
            type="time"
            label={t("callbacks.from")}
            value={wish.from}
            onChange={(event) => onChange({ ...wish, from: event.currentTarget.value })}
          />
          <TextInput
            size="sm"
            type="time"
            label={t("callbacks.to")}
            value={wish.to}
            onChange={(event) => onChange({ ...wish, to: event.currentTarget.value })}
          />
        </div>
      )}
      {!wish.soon && !sameClock(zone, ownZone(), Date.now()) && (
        <p className={classes.muted}>{t("callbacks.inZone", { zone: formats.zone(zone) })}</p>
      )}
    </>
  );
}
