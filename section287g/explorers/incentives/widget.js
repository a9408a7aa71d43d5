// What an agency could claim under the published terms: the same arithmetic as section287g/incentives.py, exact.

import { documentLinks, node, shape } from "../kit/elements.js";
import { formatDate, formatNumber, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { linear, marker, round, spread, textWidth } from "../kit/scales.js";
import settings from "./spec.json" with { type: "json" };

const PARTS = ["pay", "overtime", "award", "equipment", "vehicles"];
const QUARTERS = [1, 2, 3, 4];
const isAside = (trait) => settings[trait].place === "aside";

// ---------------------------------------------------------------- arithmetic

// Money is a whole number (BigInt) of UNIT parts of a dollar: small enough that no product of rates in percent leaves a
// rest.
const UNIT = 10n ** 12n;

// `get(name)` is a setting, numbers as text; `terms` the published amounts and limits. Returns lines { part, quarter
// (0: once), amount, term (awards) }
// and what a reader must know: overCap, fronted, passedOn (amounts), withoutList, ended (quarters).
function estimate(get, terms) {
  const whole = (name) => BigInt(get(name));
  const funded = terms.funded[get("first_quarter")];
  const payroll = payrollOf(get) * whole("base_pay_usd");
  const claimed = whole("claimed_percent") * whole("paid_percent"); // of 10,000
  const pay =
    payroll * (100n + whole("benefits_percent")) * BigInt(terms.pay_percent) * claimed * (UNIT / 100_000_000n);
  const { worked, counted } = overtimeRate(get, terms);
  const overtime = payroll * counted * (100n + whole("overtime_taxes_percent")) * claimed * (UNIT / 10_000_000_000n);
  const withoutList = QUARTERS.filter((quarter) => get(`located_${quarter}`) === "" || get("listed") === "0");
  const lines = [];
  for (const quarter of QUARTERS) {
    const paid = BigInt(funded[quarter - 1]);
    lines.push(
      { part: "pay", quarter, amount: (pay / 4n) * paid },
      { part: "overtime", quarter, amount: (overtime / 4n) * paid },
    );
    const tier = withoutList.includes(quarter)
      ? tierWithoutList(get, terms)
      : tierOf(tenthsOf(get(`located_${quarter}`)), 10, get, terms);
    if (tier)
      lines.push({
        part: "award",
        quarter,
        amount: awardOf(tier[1], get) * whole("paid_percent") * (UNIT / 100n) * paid,
        term: tier[2],
      });
  }
  if (funded[0]) lines.push(...oneTimeLines(get, terms));
  const ofParts = (...parts) => total(lines.filter(({ part }) => parts.includes(part)));
  return {
    lines,
    withoutList,
    ended: QUARTERS.filter((quarter) => !funded[quarter - 1]),
    overCap: payroll * (worked - counted) * (UNIT / 10_000n),
    // to the cent
    fronted: divided(ofParts("pay", "overtime") * whole("delay_months") * 100n, 12n * UNIT) * (UNIT / 100n),
    passedOn: get("recipient") === "officers" ? ofParts("award") : 0n,
  };
}

function payrollOf(get) {
  const others = get("pay_officers") === "all_trained" ? BigInt(get("other_trained")) : 0n;
  return ((BigInt(get("officers")) + others) * BigInt(get("eligible_for_pay_percent"))) / 100n;
}

// Overtime that qualifies, and its part under the cap, in parts of 10,000 of base pay.
function overtimeRate(get, terms) {
  const worked = BigInt(get("overtime_percent")) * BigInt(get("overtime_counted_percent"));
  const spread = get("overtime_cap") === "officer" ? BigInt(get("overtime_worked_by_percent")) : 100n;
  const cap = BigInt(terms.overtime_cap_percent) * spread;
  return { worked, counted: worked < cap ? worked : cap };
}

function oneTimeLines(get, terms) {
  const paid = BigInt(get("paid_percent")) * (UNIT / 100n);
  const agreements = BigInt(get("agreements"));
  const vehicles = get("vehicles") === "agency" && agreements > 1n ? 1n : agreements;
  return [
    { part: "equipment", quarter: 0, amount: equippedOf(get) * BigInt(get("equipment_usd")) * paid },
    { part: "vehicles", quarter: 0, amount: vehicles * BigInt(terms.vehicles_usd) * paid },
  ];
}

const equippedOf = (get) => BigInt(Math.min(Number(get("new_officers")), Number(get("officers"))));

const tenthsOf = (text) => Math.round(Number(text) * 10);

// The tier [from, amount for one officer, term] when part / whole percent are located: 795 / 10 is 79.5. Whole numbers,
// so that an edge is one.
function tierOf(part, whole, get, terms) {
  const reached = get("rounding") === "nearest" ? Math.floor((2 * part + whole) / (2 * whole)) * whole : part;
  return terms.tiers.find(([from]) => reached >= from * whole);
}

const tierWithoutList = (get, terms) => ({ none: terms.tiers.at(-1), top: terms.tiers[0], skip: null })[get("no_list")];

// Award of a quarter in dollars: one for each eligible officer.
function awardOf(amount, get) {
  if (get("assistance") === "not_met") return 0n;
  return ((BigInt(get("officers")) * BigInt(get("eligible_for_awards_percent"))) / 100n) * BigInt(amount);
}

// Award of one quarter for 0, 1, ... all people listed, and what the last of them added, in dollars.
function staircase(get, terms) {
  const listed = Number(get("listed"));
  const awards = listed
    ? Array.from({ length: listed + 1 }, (_, located) =>
        Number(awardOf(tierOf(100 * located, listed, get, terms)[1], get)),
      )
    : [];
  return awards.map((award, located) => ({ located, award, gain: located ? award - awards[located - 1] : 0 }));
}

const total = (lines) => lines.reduce((sum, { amount }) => sum + amount, 0n);

// Quotient of two whole numbers, rounded, halves up.
const divided = (a, b) => (2n * a + b) / (2n * b);

// Part in percent of a whole, to one decimal.
function percentOf(part, whole) {
  const tenths = whole ? divided(1000n * part, whole) : 0n;
  return `${tenths / 10n}.${tenths % 10n}`;
}

const inDollars = (amount) => Number(divided(amount, UNIT));

// ---------------------------------------------------------------- words

const money = (dollars) => `$${formatNumber(dollars)}`;
const moneyOf = (amount) => money(inDollars(amount));
const oneDecimal = (value) => formatNumber(Math.round(value * 10) / 10);

function found(view) {
  return estimate(view.get, view.data);
}

const ofPart = (lines, name) => lines.filter(({ part }) => part === name);
const recurring = (lines) => lines.filter(({ quarter }) => quarter);

function title(view) {
  return say(view.words.title, { total: moneyOf(total(found(view).lines)) });
}

function sentence(view) {
  const { lines } = found(view);
  const awards = total(ofPart(lines, "award"));
  const again = total(recurring(lines));
  const all = total(lines);
  return say(view.words.sentence, {
    total: moneyOf(all),
    recurring: moneyOf(again),
    once: moneyOf(all - again),
    share: percentOf(awards, again),
    share_first: percentOf(awards, all),
  });
}

function source(view) {
  const { words, data } = view;
  return say(words.source, { date: formatDate(data.parts.pay.from, words), checked: formatDate(data.checked, words) });
}

// ---------------------------------------------------------------- controls

const exampleOf = (view) =>
  Object.keys(view.data.examples).find((name) =>
    Object.entries(view.data.examples[name]).every(([setting, value]) => view.get(setting) === value),
  ) ?? "own";

// What the numbers are those of, as a menu: it is no setting of its own.
const more = (view) => [
  {
    kind: "select",
    trait: "start",
    label: view.words.start_label,
    options: Object.entries(view.words.starts),
    value: exampleOf(view),
    changes: (name) => view.data.examples[name] ?? {},
  },
];

const option = (view, trait, value) => (trait === "first_quarter" ? formatDate(value, view.words) : null);

// Every open point with its reason, its source and its switches.
function aside(view, elementOf) {
  const { words } = view;
  return node(
    "details",
    { class: "incentives-points" },
    node("summary", {}, words.points_summary),
    node(
      "ol",
      {},
      ...view.data.points.map((point) =>
        node(
          "li",
          {},
          node("strong", {}, point.question),
          node("p", {}, point.reason),
          node("p", { class: "incentives-origin" }, words.sources_label, " ", ...documentLinks(point.sources)),
          ...switches(view, point, elementOf),
        ),
      ),
    ),
  );
}

function switches(view, point, elementOf) {
  const { words } = view;
  const above = point.settings.filter((name) => !isAside(name));
  const here = point.settings.filter(isAside);
  if (!point.settings.length) return [node("p", {}, words.no_switch)];
  return [
    ...(above.length
      ? [node("p", {}, say(words.set_above, { names: above.map((name) => words.labels[name]).join(", ") }))]
      : []),
    ...(here.length ? [node("div", { class: "incentives-switches" }, ...here.map(elementOf))] : []),
  ];
}

// ---------------------------------------------------------------- picture

const ROW = 38;
const BETWEEN = 22; // the bars and the steps
const STEPS = 205;

function picture(view, width) {
  const { lines } = found(view);
  const height = PARTS.length * ROW + BETWEEN + STEPS;
  return shape(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    ...bars(view, width, lines),
    ...steps(view, width, PARTS.length * ROW + BETWEEN),
  );
}

function bars(view, width, lines) {
  const { words } = view;
  const sums = PARTS.map((part) => inDollars(total(ofPart(lines, part))));
  const x = linear([0, Math.max(...sums)], [0, width - 2]);
  return PARTS.flatMap((part, place) => [
    shape(
      "text",
      { x: 0, y: place * ROW + 14 },
      shape("tspan", { class: "x-strong" }, words.parts[part]),
      shape("tspan", { class: "incentives-muted" }, width > 400 ? `  ${words.part_notes[part]}` : ""),
    ),
    shape("text", { class: "x-strong", x: width, y: place * ROW + 14, "text-anchor": "end" }, money(sums[place])),
    shape("rect", { class: "incentives-track", x: 0, y: place * ROW + 19, width, height: 12, rx: 2 }),
    shape("rect", {
      class: `incentives-${part === "award" ? "award" : "fixed"}`,
      x: 0,
      y: place * ROW + 19,
      width: round(Math.max(sums[place] && 2, x(sums[place]))),
      height: 12,
      rx: 2,
    }),
  ]);
}

// Where a tier begins, in percent: half a percent lower when shares are rounded.
const edgeOf = (view, from) => (view.get("rounding") === "nearest" && from ? from - 0.5 : from);

function steps(view, width, top) {
  const { words } = view;
  const tiers = [...view.data.tiers]
    .reverse()
    .map(([from, amount]) => [edgeOf(view, from), Number(awardOf(amount, view.get))]);
  const highest = Math.max(1, ...tiers.map(([, award]) => award));
  const left = 12 + textWidth(money(highest), 13);
  const bottom = top + STEPS - 46;
  const x = linear([0, 100], [left, width - 12]);
  const y = linear([0, highest], [bottom, top + 52]);
  const levels = [...new Set(tiers.map(([, award]) => award))];
  return [
    shape("text", { class: "x-strong", x: 0, y: top + 8 }, words.steps_title),
    shape(
      "g",
      { class: "x-grid" },
      ...levels.flatMap((award) => [
        shape("line", {
          x1: left,
          x2: width - 12,
          y1: round(y(award)),
          y2: round(y(award)),
          class: award ? null : "x-base",
        }),
        shape("text", { x: left - 6, y: round(y(award)) + 4, "text-anchor": "end" }, money(award)),
      ]),
      ...[0, 20, 40, 60, 80, 100].map((share) =>
        shape("text", { x: round(x(share)), y: bottom + 19, "text-anchor": "middle" }, share),
      ),
      shape("text", { x: width - 12, y: bottom + 37, "text-anchor": "end" }, words.steps_axis),
    ),
    ...quarterMarks(view, x, top, bottom),
    ...tiers.flatMap(([from, award], place) => [
      shape("path", {
        class: "incentives-step",
        d: `M${round(x(from))} ${round(y(award))}H${round(x(tiers[place + 1]?.[0] ?? 100))}`,
      }),
      ...(place && award > tiers[place - 1][1] ? cliff(view, x, y, from, tiers[place - 1][1], award) : []),
    ]),
    ...possible(view, x, y),
  ];
}

// The text stands on paper of its own, so that no line of a quarter runs through it.
function cliff(view, x, y, from, before, after) {
  const right = round(x(from)) - 6;
  const fits = (text) => right - textWidth(text, 13, 600) > x(0);
  const texts = [view.words.cliff, view.words.cliff_short].map((template) =>
    say(template, { percent: from, gain: money(after - before) }),
  );
  const text = texts.find(fits) ?? texts[1];
  const wide = textWidth(text, 13, 600);
  return [
    shape("rect", {
      class: "incentives-paper",
      x: round(right - wide - 2),
      y: round(y(after)) - 8,
      width: round(wide + 3),
      height: 16,
    }),
    shape("path", { class: "incentives-cliff", d: `M${round(x(from))} ${round(y(before))}V${round(y(after))}` }),
    shape(
      "text",
      { class: "x-strong", x: right, y: round(y(after)) + 4, "text-anchor": "end", "data-cliff": from },
      text,
    ),
  ];
}

// The awards that a list of this length can give: one mark for each number of people located.
function possible(view, x, y) {
  const rows = staircase(view.get, view.data);
  return rows.map(({ located, award, gain }) =>
    marker("o", x((100 * located) / (rows.length - 1)), y(award), rows.length > 41 ? 4 : 7, {
      class: gain ? "incentives-can incentives-gain" : "incentives-can",
    }),
  );
}

// Quarters of the same share stand in one label.
function quarterMarks(view, x, top, bottom) {
  const shares = new Map();
  for (const quarter of QUARTERS) {
    const share = view.get(`located_${quarter}`);
    if (share !== "" && view.get("listed") !== "0") shares.set(share, [...(shares.get(share) ?? []), quarter]);
  }
  const named = (quarter) => say(view.words.quarter_mark, { quarter });
  const labels = [...shares].map(([share, quarters]) => ({ share, text: quarters.map(named).join(" "), y: x(share) }));
  const wide = Math.max(0, ...labels.map(({ text }) => textWidth(text, 13) + 8));
  return spread(labels, wide, x(0), x(100) - wide / 2 + 12).flatMap(({ share, text, y: place }) => [
    shape("path", {
      class: "incentives-quarter",
      d: `M${round(place)} ${top + 34}L${round(x(share))} ${top + 44}V${bottom}`,
    }),
    shape("text", { x: round(place), y: top + 30, "text-anchor": "middle" }, text),
  ]);
}

function legend(view) {
  const { words } = view;
  const swatch = (...children) => shape("svg", { width: 24, height: 14, "aria-hidden": "true" }, ...children);
  const bar = (kind) =>
    swatch(shape("rect", { class: `incentives-${kind}`, x: 1, y: 1, width: 22, height: 12, rx: 2 }));
  return [
    [bar("fixed"), words.legend.fixed],
    [bar("award"), words.legend.award],
    [swatch(marker("o", 12, 7, 7, { class: "incentives-can" })), words.legend.can],
    [swatch(marker("o", 12, 7, 7, { class: "incentives-can incentives-gain" })), words.legend.gain],
    [swatch(shape("path", { class: "incentives-quarter", d: "M12 0V14" })), words.legend.quarter],
  ];
}

// ---------------------------------------------------------------- below the picture

function notes(view) {
  return [...remarks(view), ...oneMore(view)];
}

function remarks(view) {
  const { words } = view;
  const { overCap, withoutList, ended, fronted, passedOn } = found(view);
  const lines = [
    overCap && say(words.over_cap, { cap: view.data.overtime_cap_percent, amount: moneyOf(overCap) }),
    withoutList.length && say(words.quarters_without_list, { quarters: withoutList.join(", ") }),
    ended.length && say(words.funds_end, { quarters: ended.join(", "), date: formatDate(view.data.funds_end, words) }),
    fronted && say(words.fronted, { amount: moneyOf(fronted) }),
    passedOn && say(words.passed_on, { amount: moneyOf(passedOn) }),
    equippedOf(view.get) < BigInt(view.get("new_officers")) &&
      say(words.new_capped, { n: Number(equippedOf(view.get)) }),
  ].filter(Boolean);
  return lines.length
    ? [node("h4", {}, words.remarks_title), node("ul", {}, ...lines.map((line) => node("li", {}, line)))]
    : [];
}

function oneMore(view) {
  const { words } = view;
  const rows = staircase(view.get, view.data);
  const listed = rows.length - 1;
  if (listed < 1) return [node("p", {}, words.no_steps)];
  const gains = rows.filter(({ gain }) => gain);
  const lines = gains.map(({ located, award, gain }) =>
    say(words.one_more, {
      located,
      listed,
      gain: money(gain),
      award: money(award),
      before: oneDecimal((100 * (located - 1)) / listed),
      after: oneDecimal((100 * located) / listed),
    }),
  );
  if (gains.length && listed > gains.length) lines.push(say(words.one_more_else, { n: listed - gains.length }));
  return [
    node("h4", {}, say(words.one_more_title, { n: listed })),
    node(
      "ul",
      { class: "incentives-more" },
      ...(gains.length ? lines : [words.one_more_none]).map((line) => node("li", {}, line)),
    ),
  ];
}

// ---------------------------------------------------------------- table and file

const sumIn = (lines, quarter) => inDollars(total(lines.filter((line) => line.quarter === quarter)));

function table(view) {
  const { words, data } = view;
  const { lines } = found(view);
  const sums = (own) => [...QUARTERS, 0].map((quarter) => sumIn(own, quarter));
  const rows = PARTS.map((part) => {
    const own = ofPart(lines, part);
    const { confidence, sources } = data.parts[part];
    return {
      cells: [
        words.parts[part],
        ...sums(own),
        inDollars(total(own)),
        words.terms[part],
        words.grades[confidence],
        sources,
      ],
    };
  });
  const all = { current: true, cells: [words.total, ...sums(lines), inDollars(total(lines)), "", "", []] };
  return { columns: Object.values(words.columns), groups: [{ title: "", rows: [...rows, all] }] };
}

// An amount as dollars with its decimals, without zeros at the end.
const exact = (amount) => `${amount / UNIT}.${String(amount % UNIT).padStart(12, "0")}`.replace(/\.?0+$/, "");

function file(view) {
  const { words, data } = view;
  const { lines } = found(view);
  const rows = lines.map(({ part, quarter, amount, term }) => {
    const { confidence, sources, ...published } = data.parts[part];
    return [
      words.csv_line,
      part,
      quarter || words.csv_once,
      exact(amount),
      words.csv_unit,
      term ?? published.term,
      confidence,
      ...sources[0],
    ];
  });
  const { guess, ...given } = settings;
  const set = Object.keys(given).map((name) => [
    words.csv_setting,
    name,
    "",
    view.get(name),
    words.units[name] ?? "",
    "",
    "",
    "",
    "",
  ]);
  return {
    name: `287g-incentives-terms-as-of-${data.parts.pay.from}`,
    rows: [words.csv_columns, ...rows, ...set],
  };
}

export default explorer({
  settings,
  title,
  more,
  option,
  aside,
  asideBelow: true,
  picture,
  legend,
  notes,
  sentence,
  table,
  source,
  file,
});
