/** The profile: about me, appearance, what is promised and whom to call, signing out. */
import type { Me, Sex } from "@consilium/kit/api";
import { useBrand, useBrandText, useFormats, useLocale } from "@consilium/kit/brand";
import {
  ChoiceGroup,
  DateField,
  Dialog,
  ErrorNotice,
  LanguageSwitch,
  SkeletonList,
  ThemeSwitch,
} from "@consilium/kit/ui";
import {
  IconCircleCheck,
  IconDoorExit,
  IconLock,
  IconMail,
  IconMapPin,
  IconPhone,
} from "@consilium/kit/ui/icons";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useCalls } from "../../app/calls.tsx";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { Consents } from "./Consents.tsx";
import { InstallCard } from "./InstallCard.tsx";
import css from "./ProfileView.module.css";
import { SignIns } from "./SignIns.tsx";
import { SpareKey } from "./SpareKey.tsx";
import { useProfile } from "./useProfile.ts";

export function ProfileView() {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const { data, isPending, isError, refetch, isFetching } = useQuery(queries.me(api));
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t("profile.title")}</h1>
      {isPending && <SkeletonList rows={4} rowHeight={76} label={t("profile.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("profile.failed")}
          text={t("profile.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch(), loading: isFetching }}
        />
      )}
      {data !== undefined && <AboutMe key={data.user_id} me={data} />}
      <section className={css.card} aria-labelledby="looks">
        <h2 id="looks" className={css.heading}>
          {t("profile.looks")}
        </h2>
        <LanguageSwitch />
        <ThemeSwitch />
      </section>
      {data?.custody != null && <SpareKey kept={data.custody} />}
      <SignIns />
      <CallCheck />
      <InstallCard />
      <Clinic />
      <Consents />
      <Family />
      <MyData />
      <SignOut />
    </div>
  );
}

/** Microphone and camera can be looked at in peace, before anybody calls. */
function CallCheck() {
  const { t } = useTranslation();
  const { calls, wish } = useCalls();
  if (calls === null) return null;
  return (
    <section className={css.card} aria-labelledby="calls">
      <h2 id="calls" className={css.heading}>
        {t("profile.calls")}
      </h2>
      <p className={css.muted}>{t("profile.callsText")}</p>
      <Button variant="default" onClick={() => wish.set({ want: "check" })}>
        {t("profile.callsCheck")}
      </Button>
    </section>
  );
}

function AboutMe({ me }: { me: Me }) {
  const { t } = useTranslation();
  const form = useProfile(me);
  const { fields, set, errors } = form;
  const error = (field: keyof typeof fields) => (errors[field] === undefined ? undefined : t(errors[field]));
  return (
    <form
      className={css.card}
      aria-labelledby="about"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <div>
        <h2 id="about" className={css.heading}>
          {t("profile.about")}
        </h2>
        <p className={css.muted}>{t("profile.aboutText")}</p>
      </div>
      <TextInput
        label={t("profile.name")}
        autoComplete="name"
        value={fields.name}
        error={error("name")}
        onChange={(event) => set("name", event.currentTarget.value)}
      />
      <DateField
        label={t("profile.birthDate")}
        autoComplete="bday"
        value={fields.birthDate}
        error={error("birthDate")}
        onChange={(birthDate) => set("birthDate", birthDate)}
      />
      <ChoiceGroup<Sex>
        label={t("profile.sex")}
        value={fields.sex}
        onChange={(sex) => set("sex", sex)}
        choices={(["female", "male", "other"] as const).map((value) => ({
          value,
          label: t(`profile.sexes.${value}`),
        }))}
      />
      <TextInput
        label={t("profile.phone")}
        type="tel"
        autoComplete="tel"
        value={fields.phone}
        error={error("phone")}
        onChange={(event) => set("phone", event.currentTarget.value)}
      />
      <TextInput
        label={t("profile.email")}
        type="email"
        autoComplete="email"
        value={fields.email}
        error={error("email")}
        onChange={(event) => set("email", event.currentTarget.value)}
      />
      {form.state === "failed" && Object.keys(errors).length === 0 && (
        <ErrorNotice title={t("profile.saveFailed")} text={t("profile.saveFailedText")} />
      )}
      <div className={css.saveRow}>
        <Button type="submit" disabled={!form.changed} loading={form.state === "saving"}>
          {t("profile.save")}
        </Button>
        <span role="status" className={css.saved}>
          {form.state === "saved" && !form.changed && (
            <>
              <IconCircleCheck size={22} stroke={1.75} aria-hidden /> {t("profile.saved")}
            </>
          )}
        </span>
      </div>
    </form>
  );
}

function Clinic() {
  const { t } = useTranslation();
  const { legal_name, contacts, legal, default_language } = useBrand();
  const locale = useLocale();
  const formats = useFormats();
  const text = useBrandText();
  const promise = text("trust.statement");
  return (
    <section className={css.card} aria-labelledby="clinic">
      <h2 id="clinic" className={css.heading}>
        {legal_name}
      </h2>
      {promise !== null && (
        <p className={css.promise}>
          <IconLock size={22} stroke={1.75} aria-hidden />
          <span>{promise}</span>
        </p>
      )}
      <ul role="list" className={css.links}>
        {contacts.phone !== null && (
          <li>
            <a className={css.link} href={`tel:${contacts.phone}`}>
              <IconPhone size={22} stroke={1.75} aria-hidden />
              {formats.phone(contacts.phone)}
            </a>
          </li>
        )}
        {contacts.email !== null && (
          <li>
            <a className={css.link} href={`mailto:${contacts.email}`}>
              <IconMail size={22} stroke={1.75} aria-hidden />
              {contacts.email}
            </a>
          </li>
        )}
        {contacts.address !== null && (
          <li className={css.address}>
            <IconMapPin size={22} stroke={1.75} aria-hidden />
            {contacts.address}
          </li>
        )}
        {legal.map((document) => (
          <li key={document.id}>
            <a
              className={css.link}
              href={`${document.url}?language=${locale}`}
              target="_blank"
              rel="noopener"
            >
              <span className={css.linkName}>
                {document.title[locale] ?? document.title[default_language] ?? document.id}
              </span>
              <span className={css.version}>{t("profile.version", { version: document.version })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A child, a parent: one asks for them from one's own account. */
function Family() {
  const { t } = useTranslation();
  return (
    <section className={css.card} aria-labelledby="family">
      <div>
        <h2 id="family" className={css.heading}>
          {t("profile.family")}
        </h2>
        <p className={css.muted}>{t("profile.familyText")}</p>
      </div>
      <Button component={Link} href={paths.persons} variant="default">
        {t("profile.familyOpen")}
      </Button>
    </section>
  );
}

function MyData() {
  const { t } = useTranslation();
  return (
    <section className={css.card} aria-labelledby="my-data">
      <div>
        <h2 id="my-data" className={css.heading}>
          {t("profile.myData")}
        </h2>
        <p className={css.muted}>{t("profile.myDataText")}</p>
      </div>
      <Button component={Link} href={paths.myData} variant="default">
        {t("profile.myDataOpen")}
      </Button>
    </section>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const { signOut } = useSignedIn();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  return (
    <>
      <Button
        className={css.signOut}
        variant="default"
        leftSection={<IconDoorExit size={22} stroke={1.75} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t("profile.signOut")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("profile.signOutTitle")}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("profile.stay")}
            </Button>
            <Button
              loading={busy}
              onClick={() => {
                setBusy(true);
                void signOut();
              }}
            >
              {t("profile.signOut")}
            </Button>
          </>
        }
      >
        <p>{t("profile.signOutText")}</p>
      </Dialog>
    </>
  );
}
