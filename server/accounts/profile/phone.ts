import type { CountryCode } from "libphonenumber-js/min";

type Numbers = typeof import("libphonenumber-js/min");

/** Half a megabyte that only profiles need. */
function numbers(): Promise<Numbers> {
  return import("libphonenumber-js/min");
}

/**
 * A number as somebody wrote it, as E.164 (`+442079460000`); null when it cannot be one. Without a `+` it is read as one
 * of the country that the zone lies in, else of the language's.
 */
export async function readPhone(
  text: string,
  where: { zone: string; language: string },
): Promise<string | null> {
  const { parsePhoneNumberFromString, getCountries } = await numbers();
  const country = countryOf(getCountries(), where);
  // Impossible lengths are refused; whether a number is in use only a call can tell.
  const number = parsePhoneNumberFromString(text, country === null ? {} : { defaultCountry: country });
  return number?.isPossible() ? number.number : null;
}

/** As it is written internationally: `+44 20 7946 0000`. */
export async function formatPhone(e164: string): Promise<string> {
  const { parsePhoneNumberFromString } = await numbers();
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

let zoneCountries: ReadonlyMap<string, CountryCode> | null = null;

function countryOf(
  countries: readonly CountryCode[],
  { zone, language }: { zone: string; language: string },
): CountryCode | null {
  zoneCountries ??= new Map(countries.flatMap((country) => zonesOf(country).map((name) => [name, country])));
  const ofLanguage = new Intl.Locale(language).region;
  return zoneCountries.get(zone) ?? countries.find((country) => country === ofLanguage) ?? null;
}

function zonesOf(country: CountryCode): string[] {
  const locale = new Intl.Locale("und", { region: country }) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[] | undefined;
  };
  // A property in older engines, a method in newer ones.
  return locale.timeZones ?? locale.getTimeZones?.() ?? [];
}
