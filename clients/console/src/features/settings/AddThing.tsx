/** What begins another thing of a list: its short name, which stays for ever, and of which type it is where there are several. */
import { Button, NativeSelect } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { IconPlus } from "../../icons.ts";
import { SlugField } from "./fields.tsx";
import classes from "./Settings.module.css";
import { freeName, isSlug } from "./short-names.ts";

interface AddProps {
  /** What the short name is called. */
  label: string;
  submit: string;
  /** Short names of what is there. */
  taken: readonly string[];
}

/** Its short name has to be thought of. */
export function AddThing({ onAdd, ...props }: AddProps & { onAdd: (id: string) => void }) {
  const [id, setId] = useState("");
  const add = () => {
    onAdd(id);
    setId("");
  };
  return <Row {...props} id={id} onId={setId} onAdd={add} />;
}

interface AddTypedProps<T extends string> extends AddProps {
  kind: "field" | "question";
  types: readonly T[];
  /** The type that most have. */
  first: T;
  typeLabel: string;
  typeName: (type: T) => string;
  onAdd: (type: T, id: string) => void;
}

/** Its short name is made up where nobody has a better one. */
export function AddTyped<T extends string>(props: AddTypedProps<T>) {
  const { kind, types, first, typeLabel, typeName, onAdd, ...row } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [type, setType] = useState(first);
  const id = typed ?? freeName(kind, row.taken);
  const add = () => {
    setTyped(null);
    onAdd(type, id);
  };
  return (
    <Row {...row} id={id} onId={setTyped} onAdd={add}>
      <NativeSelect
        label={typeLabel}
        value={type}
        onChange={(event) => {
          const chosen = types.find((known) => known === event.currentTarget.value);
          if (chosen !== undefined) setType(chosen);
        }}
        data={types.map((known) => ({ value: known, label: typeName(known) }))}
      />
    </Row>
  );
}

interface RowProps extends AddProps {
  id: string;
  onId: (id: string) => void;
  onAdd: () => void;
  children?: ReactNode;
}

function Row({ label, submit, taken, id, onId, onAdd, children }: RowProps) {
  const isFree = isSlug(id) && !taken.includes(id);
  return (
    <div className={classes.row}>
      <SlugField label={label} value={id} isFree={isFree} onChange={onId} />
      {children}
      <Button
        className={classes.add ?? ""}
        size="sm"
        variant="default"
        disabled={!isFree}
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        onClick={onAdd}
      >
        {submit}
      </Button>
    </div>
  );
}
