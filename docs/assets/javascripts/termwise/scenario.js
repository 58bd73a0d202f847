// The form as a scenario: what it asks Python, what an address puts into it, what it shows.

/** Named controls in the order of the page. */
function controls(form) {
  return [...form.elements].filter((control) => control.name);
}

function controlsOf(form, name) {
  return controls(form).filter((control) => control.name === name);
}

function fieldOf(form, name) {
  return form.querySelector(`[data-field="${CSS.escape(name)}"]`);
}

function valueOf(control) {
  if (control.type === "radio") return control.checked ? control.value : undefined;
  if (control.type !== "checkbox") return control.value;
  return control.checked ? control.value : (control.dataset.off ?? "no");
}

/** Put a value into the controls of that name; tell whether they could hold it. */
function setValue(form, name, value) {
  const named = controlsOf(form, name);
  if (named[0]?.type === "radio") return check(named, value);
  for (const control of named) {
    if (control.type === "checkbox") control.checked = control.value === value;
    else control.value = value;
  }
  return named.some((control) => valueOf(control) === value);
}

function check(radios, value) {
  const wanted = radios.find((radio) => radio.value === value);
  if (wanted) wanted.checked = true;
  return Boolean(wanted);
}

/** Fields of one service carry `data-services`; a field without it belongs to every service. */
function belongsTo(field, service) {
  const services = field?.dataset.services;
  return !services || services.split(/\s+/).includes(service);
}

/** What to ask Python. `linked` holds address values that no control could show: they win. */
export function queryOf(form, linked) {
  const entries = new Map();
  for (const control of controls(form)) {
    const value = valueOf(control);
    if (value !== undefined) entries.set(control.name, value);
  }
  for (const [name, value] of linked) entries.set(name, value);
  const service = entries.get("service");
  const asked = [...entries].filter(([name]) => belongsTo(fieldOf(form, name), service));
  return Object.fromEntries(asked);
}

/** Whether the form holds other values than it came with: visitors may be quicker than scripts. */
export function isEdited(form) {
  return controls(form).some(isTouched);
}

function isTouched({ type, options, checked, defaultChecked, value, defaultValue }) {
  if (options) return [...options].some((one) => one.selected !== one.defaultSelected);
  const isChecked = type === "radio" || type === "checkbox";
  return isChecked ? checked !== defaultChecked : value !== defaultValue;
}

/**
 * Fill the form from the address, but for what the visitor has changed already; return the values
 * that no control could hold.
 */
export function fillFromAddress(form, parameters) {
  const linked = new Map();
  const names = new Set(controls(form).map((control) => control.name));
  for (const { name } of controls(form).filter(isTouched)) names.delete(name);
  for (const name of names) {
    const value = parameters.get(name);
    if (value !== null && !setValue(form, name, value)) linked.set(name, value);
  }
  copyToSlider(form, "minutes");
  return linked;
}

/** Show a start that came with an offset, which no control can hold, as the provider's clock. */
export function showStart(form, start) {
  for (const control of controlsOf(form, "start")) control.value = start.slice(0, 16);
}

/** A slider without a name follows the control it belongs to. */
export function copyToSlider(form, name) {
  const slider = form.querySelector(`[data-for="${CSS.escape(name)}"]`);
  const [control] = controlsOf(form, name);
  // Minutes may have seconds, “12:30”, which the slider leaves out.
  if (slider && control) slider.value = control.value.split(":")[0];
}

/** Until Python says better, show the fields of the chosen service. */
export function showServiceFields(form) {
  const service = queryOf(form, new Map()).service;
  for (const field of form.querySelectorAll("[data-field]")) {
    field.hidden = !belongsTo(field, service);
  }
}

/** Show exactly what the scenario asks. */
export function showAsked(form, asked) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const { field: name } = field.dataset;
    field.hidden = name !== "service" && !asked.includes(name);
  }
}

/** Put each message beside its field, take the others away. */
export function showProblems(form, problems) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const problem = problems.find((one) => one.field === field.dataset.field);
    showProblem(field, problem?.message);
  }
  const homeless = problems.filter((one) => !fieldOf(form, one.field));
  tell(form.querySelector("[data-problem-other]"), homeless.map((one) => one.message).join(" "));
}

function showProblem(field, message) {
  const place = field.querySelector("[data-problem]");
  tell(place, message);
  for (const control of field.querySelectorAll("[name]")) {
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (place?.id) describe(control, place.id, Boolean(message));
  }
}

/** Add the id to what describes the control, or take it away, leaving other ids alone. */
function describe(control, id, wanted) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(/\s+/);
  const others = ids.filter((one) => one && one !== id);
  const now = wanted ? [...others, id] : others;
  if (now.length) control.setAttribute("aria-describedby", now.join(" "));
  else control.removeAttribute("aria-describedby");
}

function tell(place, message) {
  if (!place) return;
  place.textContent = message ?? "";
  place.hidden = !message;
}
