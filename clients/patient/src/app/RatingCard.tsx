/** What the patient thought of a consultation that is over: stars, and words if he likes. He may change both for two weeks. */
import type { Consultation, Rating } from "@consilium/kit/api";
import { ErrorNotice } from "@consilium/kit/ui";
import "@mantine/core/styles/Rating.css";
import { Button, Rating as Stars, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "./queries.ts";
import css from "./RatingCard.module.css";
import { useSignedIn } from "./session.tsx";

const COMMENT_MAX = 1_000;
/** A star that a thumb hits. Unit: pixels. */
const STAR = 44;

export function RatingCard({ consultation }: { consultation: Consultation }) {
  const { api } = useSignedIn();
  const { id, rating, rating_until: until } = consultation;
  const given = useQuery({ ...queries.rating(api, id), enabled: rating !== null }).data ?? null;
  const [changes, setChanges] = useState(false);
  const isOpen = until !== null && Date.parse(until) > Date.now();
  if (rating !== null && given === null) return null;
  if (given !== null && !changes)
    return <Given given={given} onChange={isOpen ? () => setChanges(true) : null} />;
  return isOpen ? <Asked id={id} given={given} onDone={() => setChanges(false)} /> : null;
}

function Given({ given, onChange }: { given: Rating; onChange: (() => void) | null }) {
  const { t } = useTranslation();
  return (
    <section className={css.card} aria-label={t("rating.title")}>
      <div className={css.given} role="status">
        <p className={css.title}>{t("rating.thanks")}</p>
        <span role="img" aria-label={t("rating.given", { stars: given.stars })}>
          <Stars
            value={given.stars}
            readOnly
            size={28}
            color="var(--c-brand)"
            classNames={{ root: css.stars, starSymbol: css.star }}
            aria-hidden
          />
        </span>
      </div>
      {given.comment !== null && <p className={css.words}>{given.comment}</p>}
      {onChange !== null && (
        <button type="button" className={css.change} onClick={onChange}>
          {t("rating.change")}
        </button>
      )}
    </section>
  );
}

function Asked({ id, given, onDone }: { id: string; given: Rating | null; onDone: () => void }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const client = useQueryClient();
  const [stars, setStars] = useState(given?.stars ?? 0);
  const [comment, setComment] = useState(given?.comment ?? "");
  const sending = useMutation({
    mutationFn: () => api.ratings.rate(id, { stars, comment: comment.trim() === "" ? null : comment }),
    onSuccess: (rating) => {
      client.setQueryData(queries.rating(api, id).queryKey, rating);
      onDone();
    },
  });
  return (
    <section className={css.card} aria-labelledby={`rating-${id}`}>
      <h2 id={`rating-${id}`} className={css.title}>
        {t("rating.title")}
      </h2>
      <Stars
        value={stars}
        onChange={setStars}
        size={STAR}
        color="var(--c-brand)"
        classNames={{ root: css.stars, starSymbol: css.star }}
        getSymbolLabel={(number) => t("rating.star", { stars: number })}
      />
      {stars > 0 && (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            sending.mutate();
          }}
        >
          <Textarea
            label={t("rating.comment")}
            description={t("rating.commentHint")}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            maxLength={COMMENT_MAX}
            autosize
            minRows={2}
            maxRows={6}
          />
          {sending.isError && <ErrorNotice title={t("rating.failed")} text={t("rating.failedText")} />}
          <Button type="submit" size="md" loading={sending.isPending}>
            {t("rating.send")}
          </Button>
        </form>
      )}
    </section>
  );
}
