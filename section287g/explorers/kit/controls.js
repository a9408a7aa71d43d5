import { assemble, newId, node, setText } from "./elements.js";
import { say } from "./format.js";
import { controlsOf } from "./settings.js";

// A control is { kind, trait, label, ... }; `hidden: true` puts it away for a while.
//   select: options [[value, text]]; `also`: settings that change with it, {trait: value}
//   check: disabled (the reason, or "")      search: free text
//   set: options [[value, text]]; the setting is the chosen values joined by commas, in this order
//   range: values, index and text of the chosen one
//   number: min, max, decimals (0 if not given), optional (may be blank), unit; the setting is text. What is impossible
//           is said below the field and changes nothing.
// A control may show a `value` of its own and give the `changes(value)` of settings it stands for.
export function makeControl(control, spec, view, frame, signal) {
  if (control.kind === "set") return makeSet(control, view, frame, signal);
  const id = newId(`explorer-${control.trait}`);
  const type = { check: "checkbox", range: "range", search: "search", number: "number" }[control.kind];
  const input =
    control.kind === "select"
      ? node("select", { id }, ...control.options.map(([value, text]) => node("option", { value }, text)))
      : node("input", { id, type, ...{ range: { min: "0", step: "1" }, number: numberLimits(control) }[type] });
  const label = node(
    "label",
    { for: id },
    control.label,
    control.unit ? node("span", { class: "explorer-unit" }, ` (${control.unit})`) : null,
  );
  const hint = node("span", { class: "explorer-hint", id: `${id}-hint` });
  if (control.kind === "check" || control.kind === "number") input.setAttribute("aria-describedby", hint.id);
  if (control.kind === "number") hint.setAttribute("aria-live", "polite");
  if (control.kind === "range") quietWhileSliding(input, frame, signal);
  input.dataset.trait = control.trait;
  const choose = (value) =>
    view.set(control.changes ? control.changes(value) : { [control.trait]: value, ...control.also });
  input.addEventListener(
    "input",
    () => {
      if (control.kind !== "number") choose(readControl(input, spec, view));
      else if (!sayImpossible(control, input, hint, view)) choose(input.value && String(Number(input.value)));
    },
    { signal },
  );
  frame.controls.push({ input, hint });
  const order = control.kind === "check" ? [input, label] : [label, input];
  return { control, element: node("div", { class: `explorer-field explorer-${control.kind}` }, ...order, hint) };
}
const numberLimits = ({ min, max, decimals = 0 }) => ({ min, max, step: 1 / 10 ** decimals });

export function isPossible({ min, max, decimals = 0, optional }, text) {
  if (text === "") return Boolean(optional);
  const [, fraction = ""] = text.split(".");
  return /^\d+(\.\d+)?$/.test(text) && fraction.length <= decimals && Number(text) >= min && Number(text) <= max;
}

// True, and said below the field, if what was typed is impossible.
function sayImpossible(control, input, hint, view) {
  const { words } = view;
  const impossible = input.validity.badInput || !isPossible(control, input.value);
  const { min, max, decimals = 0 } = control;
  const wanted = say(decimals ? words.number_decimals : words.number_whole, { min, max, n: decimals });
  const value = view.get(control.trait) || words.number_blank;
  setText(
    hint,
    impossible ? say(words.number_impossible, { text: input.value || words.number_blank, wanted, value }) : "",
  );
  if (impossible) assemble(input, { "aria-invalid": "true" }, []);
  else input.removeAttribute("aria-invalid");
  return impossible;
}

// What the reader is typing stays as it is as long as it means the setting; anything else gives way.
function syncNumber(input, hint, value) {
  if (input.value === "" || value === "" ? input.value !== value : Number(input.value) !== Number(value))
    input.value = value;
  input.removeAttribute("aria-invalid");
  setText(hint, "");
}

// Several of a few values: a group of checkboxes with the control's label as legend.
function makeSet(control, view, frame, signal) {
  const inputs = control.options.map(([value]) =>
    node("input", { type: "checkbox", value, id: newId(`explorer-${control.trait}`), "data-trait": control.trait }),
  );
  const chosen = () =>
    inputs
      .filter((input) => input.checked)
      .map((input) => input.value)
      .join(",");
  for (const input of inputs)
    input.addEventListener("input", () => view.set({ [control.trait]: chosen() }), { signal });
  frame.controls.push({ inputs });
  const boxes = control.options.map(([, text], place) =>
    node("div", { class: "explorer-check" }, inputs[place], node("label", { for: inputs[place].id }, text)),
  );
  return { control, element: node("fieldset", { class: "explorer-set" }, node("legend", {}, control.label), ...boxes) };
}

// A screen reader reads the sentence as the slider's value; the live sentence keeps quiet meanwhile, so that it is not
// read twice.
function quietWhileSliding(input, frame, signal) {
  input.addEventListener("focus", () => frame.sentence.setAttribute("aria-live", "off"), { signal });
  input.addEventListener("blur", () => frame.sentence.setAttribute("aria-live", "polite"), { signal });
}

function readControl(input, spec, view) {
  if (input.type === "checkbox") return input.checked;
  if (input.type !== "range") return input.value;
  return controlsOf(spec, view).find((control) => control.trait === input.dataset.trait).values[Number(input.value)];
}

export function syncControls(spec, view, frame) {
  controlsOf(spec, view).forEach((control, index) => {
    const { input, inputs, hint } = frame.controls[index];
    const value = control.value ?? view.get(control.trait);
    (input ?? inputs[0]).closest(".explorer-field, .explorer-set").hidden = Boolean(control.hidden);
    if (control.kind === "select" || (control.kind === "search" && input.value !== value)) input.value = value;
    if (control.kind === "number") syncNumber(input, hint, value);
    if (control.kind === "set")
      inputs.forEach((box) => {
        box.checked = value.split(",").includes(box.value);
      });
    if (control.kind === "check") {
      input.disabled = Boolean(control.disabled);
      input.checked = value && !control.disabled;
      hint.textContent = control.disabled;
    }
    if (control.kind === "range") {
      input.max = control.values.length - 1;
      input.value = control.index;
      input.setAttribute("aria-valuetext", spec.sentence(view));
      hint.textContent = control.text;
    }
  });
}
