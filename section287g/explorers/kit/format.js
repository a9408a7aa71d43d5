export const DAY = 86400000;

// A template is text with {names}, or {one, other} chosen by the number n.
export function say(template, values = {}) {
  const text = typeof template === "string" ? template : template[values.n === 1 ? "one" : "other"];
  const said = text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? formatNumber(value) : value;
  });
  return said.replace(/(\p{L})\.\.(?![./])/gu, "$1."); // what ends in an abbreviation brings its full stop along
}

const numberFormat = new Intl.NumberFormat("en-US");
export const formatNumber = (value) => numberFormat.format(value);

// Dates travel as ISO text (2026-05-18) and count as midnight UTC, so that no reader's time zone moves a day.
export const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`);

export function formatDate(iso, words, short = false) {
  const [year, month, day] = iso.split("-");
  const name = (short ? words.months_short : words.months)[month - 1];
  return say(short ? words.date_short : words.date, { day: `${Number(day)}`, month: name, year });
}

export const formatMonth = (year, month, words) =>
  say(words.date_month, { month: words.months[month - 1], year: `${year}` });

// Text in which dates, which may be days or months, are written out; a year stays as it is.
export function writeDates(text, words) {
  return text.replace(/\b(\d{4})-(\d\d)(-\d\d)?\b/g, (iso, year, month, day) =>
    day ? formatDate(iso, words) : formatMonth(year, month, words),
  );
}
