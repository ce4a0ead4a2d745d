/** What the patient thought of a consultation; its words are for who took part to the end, and supervisors. */
import type { RatingRef } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Rating as Stars } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./ArchiveRating.module.css";

export function ArchiveRating({ id, rating }: { id: string; rating: RatingRef }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const locale = useRegion();
  const { data } = useQuery({
    queryKey: ["rating", id, rating.rated_at],
    queryFn: () => api.ratings.of(id),
    retry: false,
  });
  return (
    <section className={classes.rating} aria-label={t("archive.rating.title")}>
      <span role="img" aria-label={t("archive.rating.stars", { stars: rating.stars })}>
        <Stars value={rating.stars} readOnly size={18} color="var(--c-brand)" aria-hidden />
      </span>
      {data?.comment != null && <p className={classes.words}>{data.comment}</p>}
      <time dateTime={rating.rated_at}>{fullWhen(rating.rated_at, locale)}</time>
    </section>
  );
}
