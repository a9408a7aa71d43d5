// Controls of the settings that spec.json declares (see spec.py). An explorer adds what depends on more than that, as
// controls: { trait: (view) => ({ ... }) }, and changes the text of an option with option(view, trait, value, text).
// Controls that are no settings, from more(view), come first.
export function controlsOf(spec, view) {
  const declared = Object.entries(spec.settings).filter(([, { kind }]) => kind);
  return [...(spec.more?.(view) ?? []), ...declared.map(([trait, about]) => controlOf(spec, view, trait, about))];
}

function controlOf(spec, view, trait, about) {
  const { words, data } = view;
  return {
    ...about,
    trait,
    label: wordAt(words, about.label),
    unit: about.unit && wordAt(words, about.unit),
    max: lookUp(about.max, data),
    hidden: Object.entries(about.shown ?? {}).some(([other, values]) => !values.includes(view.get(other))),
    disabled: "",
    values: about.kind === "range" ? valuesOf(about, view) : undefined,
    // Only when asked for: other controls are looked at much more often than menus are made.
    get options() {
      return optionsOf(spec, view, trait, about);
    },
    ...spec.controls?.[trait]?.(view),
  };
}

const wordAt = (words, key) => key.split(".").reduce((part, name) => part[name], words);

// What a declaration gives, or finds in the data.
export function lookUp(value, data) {
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const there = (value.from ?? value.to).split(".").reduce((part, name) => part[name], data);
  return value.from ? there : Array.from({ length: there }, (_, place) => String(place + 1));
}

// [value, text] of each choice.
export function choicesOf({ choices, names }, { words, data }) {
  const given = lookUp(choices, data);
  const texts = names ? wordAt(words, names) : {};
  return (Array.isArray(given) ? given : Object.entries(given)).map((choice) => {
    if (typeof choice === "string") return [choice, texts[choice] ?? choice];
    return Array.isArray(choice) ? choice : [choice.id, choice.title ?? choice.name];
  });
}

export const valuesOf = (about, view) => choicesOf(about, view).map(([value]) => value);

function optionsOf(spec, view, trait, about) {
  const added = (more = {}) => Object.entries(more).map(([value, key]) => [value, wordAt(view.words, key)]);
  const named = ([value, text]) => [value, spec.option?.(view, trait, value, text) ?? text];
  return [...added(about.first), ...choicesOf(about, view).map(named), ...added(about.last)];
}
