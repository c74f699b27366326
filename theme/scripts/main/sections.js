// One section of the form at a time, and the server's errors set beside their fields with the same markup as its own
// page. What is shown is what is not `hidden`: the page itself is the state.
import { all, button, each, focusOn, make } from '../shared/elements.js';
import { actionOf, announce, applicationForm, body, controlsOf, filled, main, post } from './page.js';
import { stay, step } from './travel.js';
import { words } from './words.js';

/** The n-th item the server saw: it drops those left blank. */
function itemOf(group, number) {
  return all(group, '.ds-item').filter((item) => controlsOf(item).some(filled))[number];
}

/** The field a JSON Pointer of an error names, or undefined when the page does not have it. */
function fieldAt(form, pointer) {
  const [, name, number, inner] = pointer.split('/');
  const group = inner && form.querySelector(`.ds-group[data-group="${name}"]`);
  const item = group && itemOf(group, number);
  return all(item || form, '.ds-field').find(({ dataset: own }) => (item ? own.pointer.endsWith(`/${inner}`) : own.pointer === pointer));
}

/** What says it is wrong: what stands around several controls, else the control itself. */
const AROUND = 'fieldset, .ds-attachment';
const bearerOf = (field) => field.querySelector(AROUND) || controlsOf(field)[0];

function clear(root) {
  each(root, '.ds-error', (line) => {
    each(root, `[aria-describedby~="${line.id}"]`, (bearer) => {
      const rest = bearer.getAttribute('aria-describedby').split(/\s+/).filter((id) => id !== line.id);
      if (rest.length) bearer.setAttribute('aria-describedby', rest.join(' '));
      else bearer.removeAttribute('aria-describedby');
    });
    line.remove();
  });
  each(root, '[aria-invalid]', (control) => control.removeAttribute('aria-invalid'));
  each(root, '.ds-field--error', (field) => field.classList.remove('ds-field--error'));
}

/** What was said of `field` is not true any more: here and in the summary. */
export function forgive(field) {
  clear(field);
  field.classList.remove('ds-field--error');
  const { name } = field.dataset;
  const told = main().querySelector('#error-summary:not(.ds-summary--stop)');
  if (!told) return;
  each(told, `[href="#${name}"], [href^="#${name}--"]`, (link) => link.parentElement.remove());
  const left = told.querySelectorAll('li').length;
  told.firstElementChild.textContent = words.summaryTitle(left);
  if (!left) told.remove();
}

function mark(field, message) {
  const line = make('p', { class: 'ds-error', id: `${field.id.replace(/^field-/, '')}-error` },
    make('span', { class: 'ds-visually-hidden' }, words.errorPrefix), message);
  const bearer = bearerOf(field);
  if (bearer.matches(AROUND)) {
    Array.from(bearer.children).filter((child) => child.matches('legend, .ds-hint, .ds-why')).pop().after(line);
  } else (bearer.parentElement === field ? bearer : bearer.parentElement).before(line);
  bearer.setAttribute('aria-describedby', [bearer.getAttribute('aria-describedby'), line.id].filter(Boolean).join(' '));
  const invalid = bearer.matches('[role=radiogroup]') ? [bearer] : controlsOf(field);
  if (field.dataset.kind !== 'group') invalid.forEach((control) => control.setAttribute('aria-invalid', 'true'));
  field.classList.add('ds-field--error');
}

/** Marks each [field, message], and returns the summary that leads to them; an item's error says whose it is. */
function markAll(found) {
  const list = make('ul', { class: 'ds-summary-list' });
  found.forEach(([field, message]) => {
    mark(field, message);
    const target = field.dataset.kind === 'group' ? bearerOf(field) : field.querySelector('.ds-file-pick') || controlsOf(field)[0];
    const item = field.closest('.ds-item');
    const whose = item ? words.whose(item.querySelector('h3').textContent) : '';
    list.append(make('li', {}, make('a', { href: `#${target.id}` }, whose + message)));
  });
  return make('div', { class: 'ds-summary', role: 'alert', tabindex: '-1', id: 'error-summary' },
    make('h2', { class: 'ds-summary-title' }, words.summaryTitle(found.length)), list);
}

/** A summary's links move the focus without an address of their own, and open the section they lead to. */
function follow(event, open) {
  const link = event.target.closest && event.target.closest('.ds-summary a[href^="#"]');
  const target = link && document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  if (!target) return;
  event.preventDefault();
  open(target);
  focusOn(target);
  (target.closest('.ds-field') || target).scrollIntoView();
}

let checking = false;

/** The sections that ask something now: a group that is not asked hides what its items ask, too. */
export const sectionsOf = (form) => all(form, '.ds-section').filter((section) => (
  all(section, '.ds-field, .ds-group').some((part) => !part.closest('.ds-field[hidden]')) || !section.querySelector('.ds-field')
));
/** What sends the whole form; it stands among the steps, and is seen at the last one. */
const submitOf = (form) => all(form, '[value=check]').pop();
const openOf = (form) => Math.max(0, sectionsOf(form).findIndex((section) => !section.hidden));

/** On paper stand all steps that ask something now, not the open one alone. */
function tellAsked(form) {
  const sections = sectionsOf(form);
  each(form, '.ds-section', (section) => section.classList.toggle('is-asked', sections.includes(section)));
}

function open(form, wanted, { focus = true } = {}) {
  const sections = sectionsOf(form);
  const at = Math.max(0, Math.min(wanted, sections.length - 1));
  each(form, '.ds-section', (section) => { section.hidden = section !== sections[at]; });
  tellAsked(form);
  const title = sections[at].querySelector('h2');
  each(form, '.ds-step', (step) => step.remove());
  title.prepend(make('span', { class: 'ds-step' }, words.step(at + 1, sections.length)));
  const bar = form.querySelector('progress');
  bar.max = sections.length;
  bar.value = at + 1;
  each(form, '.ds-steps-previous', (one) => { one.hidden = at === 0; });
  each(form, '.ds-steps-next, .ds-steps-done', (one) => { one.hidden = at === sections.length - 1; });
  each(form, '[data-last-only]', (one) => { one.hidden = at !== sections.length - 1; });
  each(main(), '[data-first-only]', (one) => { one.hidden = at !== 0; });
  if (focus) {
    focusOn(title);
    bar.parentElement.scrollIntoView();
  }
}

/** What was said of another section, or of how this one was come to, does not go along. */
function leave() {
  each(main(), '#error-summary, .ds-restored', (one) => one.remove());
}

function move(form, at) {
  leave();
  step(at);
  open(form, at);
}

/** Whether an answer that must be given is not there yet; the page itself says which may be left out. */
const lacks = (section) => all(section, '.ds-field').some((field) => (
  field.dataset.kind !== 'group' && !field.closest('.ds-field[hidden]') && !field.querySelector('.ds-optional')
  && !controlsOf(field).some(filled) && !field.querySelector('[type=hidden]')
));

/** After a load: opens the first section with something missing, if that is before where she was, and says why. */
export function resume(root) {
  const form = applicationForm(root);
  if (!form || !form.querySelector('.ds-steps') || main().querySelector('.ds-restored, #error-summary')) return;
  const restored = 'restored' in form.dataset;
  const at = openOf(form);
  const lacking = sectionsOf(form).findIndex(lacks);
  if (lacking >= 0 && (lacking < at || (restored && !at))) {
    open(form, lacking, { focus: false });
    stay(lacking);
  } else if (!restored) return;
  const note = make('p', { class: 'ds-restored', role: 'status' });
  form.querySelector('.ds-section:not([hidden])').before(note);
  setTimeout(() => { note.textContent = restored ? words.restored : words.lost; }, 50);
}

/**
 * The server's word on this one section; without a network one may go on, the whole is checked at the end. Nothing where
 * it says that there is nothing to apply for.
 */
async function wrongIn(form, section) {
  const { text } = await post(actionOf(form), body(form, [['_do', 'check']]), { accept: 'application/json', seconds: 8 });
  let said;
  try { said = JSON.parse(text); } catch (error) { return []; }
  const key = form.elements._key;
  if (said.submission_key && !key.value) key.value = said.submission_key;
  const { errors = [] } = said;
  return !errors.some(({ keyword }) => keyword === 'not') && errors
    .map(({ pointer, message }) => [fieldAt(form, pointer), message])
    .filter(([field]) => field && section.contains(field) && !field.closest('[hidden]') && !field.querySelector('[data-pending]'));
}

async function next(form) {
  if (checking) return;
  checking = true;
  const forward = form.querySelector('.ds-steps-next');
  forward.setAttribute('aria-disabled', 'true');
  announce(words.checking);
  const at = openOf(form);
  try {
    const section = sectionsOf(form)[at];
    const found = await wrongIn(form, section);
    if (!form.isConnected || openOf(form) !== at) return;
    // Its own page says so.
    if (!found) { submitOf(form).click(); return; }
    clear(section);
    if (!found.length) { move(form, at + 1); return; }
    leave();
    const summary = markAll(found);
    section.before(summary);
    focusOn(summary);
    summary.scrollIntoView();
  } finally {
    checking = false;
    forward.removeAttribute('aria-disabled');
  }
}

/** True when a submit of `form` only meant "on to the next section", and sees to it. */
export function takes(form, doing, pressed) {
  if (doing !== 'check' || !form.querySelector('.ds-steps') || !submitOf(form).hidden || (pressed && pressed.closest('.ds-steps'))) return false;
  next(form);
  return true;
}

/** Which section is open, by its id: it stays open when the page comes back with one item more. */
export function current(root) {
  const form = applicationForm(root);
  const section = form && form.querySelector('.ds-steps') && sectionsOf(form)[openOf(form)];
  return section ? section.dataset.section : '';
}

export function showSection(root, at) {
  const form = applicationForm(root);
  if (!form || !form.querySelector('.ds-steps')) return;
  leave();
  open(form, at);
}

/** `section` is the id of the section to open, unless an error stands in another; `changing`: she came from her answers. */
export function enhanceSections(root, { section = '', at = 0, changing = false } = {}) {
  const form = applicationForm(root);
  if (!form || all(form, '.ds-section').length < 2) return;
  const submit = submitOf(form);
  submit.dataset.lastOnly = '';
  each(form, '.ds-after', (one) => { one.dataset.lastOnly = ''; });
  each(root, '.ds-lead, .ds-demo', (one) => { one.dataset.firstOnly = ''; });
  each(form, '.ds-privacy', (one) => form.append(one));
  const first = form.querySelector('.ds-section');
  first.before(make('div', { class: 'ds-progress' }, make('progress', { 'aria-label': words.progress })));
  each(root, '#error-summary', (one) => first.before(one));
  // Styles hide what follows it, until it is told that the choice was wrong.
  each(form, '.ds-summary--stop', (one) => form.prepend(one));
  const back = button(words.previous, () => { if (!checking) move(form, openOf(form) - 1); }, true);
  const forward = button(words.next, () => next(form), changing);
  const done = make('button', { class: 'ds-button ds-steps-done', name: '_do', value: 'check' }, words.changed);
  back.classList.add('ds-steps-previous');
  forward.classList.add('ds-steps-next');
  all(form, '.ds-section').pop().after(make('div', { class: 'ds-steps' }, ...(changing ? [done] : []), forward, submit, back));
  const sections = sectionsOf(form);
  const wrong = sections.findIndex((one) => one.querySelector('.ds-error, .ds-field--stop'));
  const named = sections.findIndex((one) => one.dataset.section === section);
  const start = [wrong, named, at].find((place) => place >= 0);
  addEventListener('beforeprint', () => tellAsked(form));
  open(form, start, { focus: false });
  stay(start);
  root.addEventListener('click', (event) => follow(event, (target) => {
    const place = sectionsOf(form).findIndex((one) => one.contains(target));
    each(form, '.ds-summary--stop', (one) => one.remove());
    if (place >= 0 && place !== openOf(form)) { step(place); open(form, place, { focus: false }); }
  }));
}

/** All sections at once again. */
export function plainSections(root) {
  each(root, '.ds-section, [data-last-only], [data-first-only]', (one) => { one.hidden = false; });
  each(root, '.ds-steps', (one) => one.before(...one.querySelectorAll('[data-last-only]')));
  each(root, '.ds-steps, .ds-progress, .ds-step', (one) => one.remove());
}
