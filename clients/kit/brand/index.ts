/** The brand at run time: colours, words, formats. */
export {
  BrandProvider,
  useBrand,
  useBrandText,
  useChosenLanguage,
  useLocale,
  useRegion,
  useReloadBrand,
} from "./BrandProvider.tsx";
export { calendarDate, dateOf, fullWhen, monthOf, shortWhen, weekday } from "./dates.ts";
export { type ColorRoles, deriveRoles, type Roles } from "./derive.ts";
export { fold, type Place, placesOf, searchedWords } from "./fold.ts";
export { type Formats, phoneNumber, phoneOf, useFormats } from "./formats.ts";
export {
  addWords,
  changeLanguage,
  fetchWords,
  initI18n,
  type LocaleLoader,
  rememberedLanguage,
} from "./i18n.ts";
export { dateFormat, numberFormat } from "./intl.ts";
export { loadBrand } from "./load.ts";
export { useLogo } from "./logo.ts";
export { type AppKind, brandTheme } from "./theme.ts";
export { isCalendarDate } from "./typed-date.ts";
export { civil, ownZone, sameClock } from "./zoned.ts";
