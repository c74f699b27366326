// A draft on one's own device, and only there: never before its owner said so, never what could hurt them.
import { all, button, each, focusOn, make } from '../shared/elements.js';
import { applicationForm, controlsOf, CONTROLS, filled, isTicked } from './page.js';
import { resume } from './sections.js';
import { words } from './words.js';

const DAYS = 14;
const YES = 'doorstep.own-device';
const DRAFT = 'doorstep.draft.';
/** In the tab's own storage: which form was sent, and nothing else. */
const SENT = 'doorstep.sent.';
/** Files are kept as the names they have with us, and with the key of the draft they were sent for. */
const DIGESTS = '[data-kind=attachment] [type=hidden]:enabled';
const SECRET = /^(resident-id|bank-card|credit-code)$/;

/** Reads, writes or (value null) removes; undefined when the browser lets nothing be stored. */
function stored(key, value, where = 'localStorage') {
  try {
    const store = window[where];
    if (value === undefined) return store.getItem(key);
    if (value === null) store.removeItem(key);
    else store.setItem(key, value);
    return value;
  } catch (error) {
    return undefined;
  }
}

const keys = () => {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(DRAFT)); } catch (error) { return []; }
};

/** A kept draft's answers {control name: [values]}, or null when there is none, it cannot be read, or its time is over. */
export function read(text, now) {
  try {
    const draft = JSON.parse(text);
    const age = now - draft.saved_at;
    return age >= 0 && age < DAYS * 86400000 && draft.answers && typeof draft.answers === 'object' ? draft.answers : null;
  } catch (error) {
    return null;
  }
}

/** Whether an answer may stay: only one of a field that is neither marked sensitive nor a number that names a person. */
function mayStay(control) {
  if (!control.name || control.name.startsWith('_') || control.disabled || control.type === 'password') return false;
  const field = control.closest('.ds-field');
  if (!field || control.closest('[data-sensitive]')) return false;
  return !SECRET.test(field.dataset.kind);
}

function collect(form) {
  const answers = {};
  each(form, CONTROLS, (control) => {
    if (filled(control) && mayStay(control)) answers[control.name] = (answers[control.name] || []).concat(control.value);
  });
  each(form, DIGESTS, (input) => { answers[input.name] = (answers[input.name] || []).concat(input.value); });
  if (form.querySelector(DIGESTS)) answers._key = [form.elements._key.value];
  return answers;
}

/** Puts back each answer whose control is still there and empty, still may stay, and still has that option. */
function restore(form, answers) {
  const controls = controlsOf(form);
  const given = new Set(controls.filter((control) => control.checked).map((control) => control.name));
  controls.forEach((control) => {
    const values = Object.prototype.hasOwnProperty.call(answers, control.name) && answers[control.name];
    const off = control.disabled;
    control.disabled = false;
    const allowed = Array.isArray(values) && mayStay(control);
    control.disabled = off;
    if (!allowed || given.has(control.name)) return;
    if (isTicked(control)) control.checked = values.includes(control.value);
    else if (control.value === '' && (!control.options || Array.from(control.options).some((one) => one.value === values[0]))) {
      control.value = values[0];
    }
  });
  const fields = all(form, '[data-kind=attachment]').filter((field) => answers[field.dataset.name] && !field.querySelector('[type=hidden]'));
  if (!fields.length || !answers._key) return;
  form.elements._key.value = answers._key;
  fields.forEach((field) => field.append(...answers[field.dataset.name].map((value) => make('input', { type: 'hidden', name: field.dataset.name, value }))));
}

/** The group whose items the draft has more of than the page: {group, count}, or null. */
export function itemsMissing(names, have) {
  const wanted = {};
  names.forEach((name) => {
    const parts = /^(.+?)-([0-9]{1,2})-/.exec(name);
    if (parts) wanted[parts[1]] = Math.max(wanted[parts[1]] || 0, Number(parts[2]) + 1);
  });
  const group = Object.keys(wanted).find((name) => name in have && have[name] < wanted[name]);
  return group ? { group, count: wanted[group] } : null;
}

function forget(form) {
  keys().forEach((key) => { if (!form || key === DRAFT + form) stored(key, null); });
}

const idOf = (form) => form.dataset.form;
const isOwn = () => stored(YES) === 'yes';
let refused = false;
let carried = {};

/** The draft of this form is kept from now on, with every change. */
function keep(form) {
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    if (!form.isConnected || !isOwn()) return;
    const answers = Object.assign({}, carried, collect(form));
    const kept = Object.keys(answers).length > 0;
    stored(DRAFT + idOf(form), kept ? JSON.stringify({ saved_at: Date.now(), answers }) : null);
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, 300); };
  ['input', 'change', 'click'].forEach((type) => form.addEventListener(type, soon));
  form.addEventListener('submit', save);
  addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', save);
}

/** Says `text` in place of what was pressed in `box`, which had the focus. */
function say(box, text) {
  const line = make('p', {}, text);
  box.textContent = '';
  box.append(line);
  focusOn(line);
}

function showKept(form) {
  const box = make('div', { class: 'ds-own-device' });
  const clear = button(words.clear, () => {
    forget('');
    stored(YES, null);
    each(form, '.ds-restored, .ds-own-device', (one) => { if (one !== box) one.remove(); });
    say(box, words.cleared);
  }, true);
  clear.setAttribute('aria-label', words.clearLabel);
  clear.classList.add('ds-clear');
  box.append(make('p', {}, words.storing), clear);
  form.append(box);
  keep(form);
}

/** The page brings the question along, hidden, so that nothing moves when it is asked. */
function askWhose(box, form) {
  const answer = (own) => {
    refused = !own;
    if (!own) { say(box, words.notStored); return; }
    if (stored(YES, 'yes') === undefined || !isOwn()) say(box, words.cannotStore);
    else {
      showKept(form);
      say(box, words.storing);
    }
  };
  each(box, 'button', (one) => one.addEventListener('click', () => answer(one.value === 'yes')));
  box.dataset.firstOnly = '';
  box.hidden = false;
}

function putBack(root, answers) {
  const form = applicationForm(root);
  if (!form) return;
  restore(form, answers);
  form.dataset.restored = '';
  form.dispatchEvent(new Event('change'));
  resume(root);
}

/** Once a form was sent from this tab, opening it again says so. */
function sayBefore(form) {
  if (stored(SENT + idOf(form), undefined, 'sessionStorage')) {
    form.before(make('p', { class: 'ds-notice ds-sent-before', 'data-first-only': true }, words.sentBefore));
  }
}

/** `addItems(form, missing, pairs)` asks the server for the items a draft needs and resolves when they stand. */
export function enhanceDraft(root, { first = false, addItems } = {}) {
  keys().forEach((key) => { if (!read(stored(key), Date.now())) stored(key, null); });
  const receipt = root.querySelector('[data-page=receipt][data-form]');
  if (receipt) {
    forget(receipt.dataset.form);
    stored(SENT + receipt.dataset.form, 'yes', 'sessionStorage');
  }
  const form = applicationForm(root);
  if (!form || !idOf(form)) return;
  const fresh = first && !root.querySelector('#error-summary') && !(form.elements._key && form.elements._key.value);
  const answers = fresh && isOwn() && read(stored(DRAFT + idOf(form)), Date.now());
  const question = form.querySelector('.ds-own-device[hidden]');
  if (!refused && !isOwn()) askWhose(question, form);
  else question.remove();
  if (isOwn()) showKept(form);
  if (first) sayBefore(form);
  if (!answers) return;
  const have = {};
  each(form, '.ds-group', (group) => { have[group.dataset.group] = group.querySelectorAll('.ds-item').length; });
  const missing = itemsMissing(Object.keys(answers), have);
  putBack(root, answers);
  if (!missing) return;
  const pairs = [];
  Object.keys(answers).filter((name) => name.startsWith(`${missing.group}-`) && !form.elements[name]).forEach((name) => {
    carried[name] = answers[name];
    answers[name].forEach((value) => pairs.push([name, value]));
  });
  addItems(form, missing, pairs).then((done) => {
    if (!done) return;
    carried = {};
    putBack(root, answers);
  });
}
