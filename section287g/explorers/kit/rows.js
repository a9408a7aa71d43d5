import { DAY, dayOf } from "./format.js";

// Rows as `listing.pack` in Python writes them, as objects; dates become ISO text, what is missing becomes null.
export function unpackRows({ length, coded, plain }) {
  const rows = Array.from({ length }, (_, place) =>
    Object.fromEntries(plain.names.map((name, column) => [name, plain.rows[place][column]])),
  );
  for (const [name, { values, at, first, days }] of Object.entries(coded)) {
    const written = new Map(); // each date once
    const isoOf = (day) =>
      written.get(day) ?? written.set(day, new Date(dayOf(first) + day * DAY).toISOString().slice(0, 10)).get(day);
    rows.forEach((row, place) => {
      row[name] = values ? (values[at[place]] ?? null) : days[place] < 0 ? null : isoOf(days[place]);
    });
  }
  return rows;
}
