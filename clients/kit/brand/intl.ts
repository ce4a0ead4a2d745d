/**
 * Formats of `Intl`, each made once. To make one costs a browser some tenths of a millisecond, to use it a thousandth of that, and
 * every row of a list writes a time.
 */

/** Makes each once; `also`: what it depends on besides. Brand, languages and code name a few dozen. */
function made<O extends object, F>(make: (locale: string, options: O) => F, also: (options: O) => unknown) {
  const known = new Map<string, F>();
  return (locale: string, options: O = {} as O): F => {
    const key = JSON.stringify([locale, options, also(options)]);
    const found = known.get(key) ?? make(locale, options);
    known.set(key, found);
    return found;
  };
}

/** Dates and times. One without a zone is of the reader's clock, and another once that clock goes elsewhere. */
export const dateFormat = made(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
  ({ timeZone }) => (timeZone === undefined ? new Date().getTimezoneOffset() : null),
);

export const numberFormat = made(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
  () => null,
);

export const pluralRules = made(
  (locale: string, options: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  () => null,
);
