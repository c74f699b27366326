// One section of the form at a time. What is shown is what is not `hidden`: the page itself is the state.
import { actionOf, announce, applicationForm, body, each, focusOn, make, button } from './page.js';
import { clear, fieldAt, follow, markAll } from './errors.js';
import { post } from './post.js';
import * as travel from './travel.js';
import { words } from './words.js';

let checking = false;

/** The sections that ask something now. */
const sectionsOf = (form) => Array.from(form.querySelectorAll('.ds-section'))
  .filter((section) => section.querySelector('.ds-field:not([hidden]), .ds-group') || !section.querySelector('.ds-field'));
const openOf = (form) => Math.max(0, sectionsOf(form).findIndex((section) => !section.hidden));
const isLast = (form) => openOf(form) === sectionsOf(form).length - 1;
const summaryOf = (form) => (form.closest('main') || document).querySelector('#error-summary');

function open(form, wanted, { focus = true } = {}) {
  const sections = sectionsOf(form);
  const at = Math.max(0, Math.min(wanted, sections.length - 1));
  each(form, '.ds-section', (section) => { section.hidden = section !== sections[at]; });
  const title = sections[at].querySelector('.ds-section-title, h2');
  each(form, '.ds-step', (step) => step.remove());
  title.prepend(make('span', { class: 'ds-step' }, words.step(at + 1, sections.length)));
  const bar = form.querySelector('progress');
  bar.max = sections.length;
  bar.value = at + 1;
  each(form, '.ds-steps-previous', (one) => { one.hidden = at === 0; });
  each(form, '.ds-steps-next', (one) => { one.hidden = at === sections.length - 1; });
  each(form, '[data-last-only]', (one) => { one.hidden = at !== sections.length - 1; });
  each(form.closest('main') || form, '[data-first-only]', (one) => { one.hidden = at !== 0; });
  if (focus) {
    focusOn(title);
    bar.parentElement.scrollIntoView();
  }
}

function move(form, at) {
  const summary = summaryOf(form);
  if (summary) summary.remove();
  travel.step(at);
  open(form, at);
}

/** The server's word on this one section; without a network one may go on, the whole is checked at the end. */
async function wrongIn(form, section) {
  const answer = await post(actionOf(form), body(form, [['_do', 'check']]), { accept: 'application/json', seconds: 8 });
  let said = {};
  try { said = JSON.parse(answer.text || '{}'); } catch (error) { return []; }
  if (answer.status === 200 && said.submission_key && form.elements._key) form.elements._key.value = said.submission_key;
  return (answer.status === 422 && said.errors || [])
    .map((error) => [fieldAt(form, error.pointer), error.message])
    .filter(([field]) => field && section.contains(field) && !field.closest('[hidden]'));
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
    clear(section);
    if (!found.length) { move(form, at + 1); return; }
    const old = summaryOf(form);
    if (old) old.remove();
    const summary = markAll(found);
    section.before(summary);
    summary.focus();
    summary.scrollIntoView();
  } finally {
    checking = false;
    forward.removeAttribute('aria-disabled');
  }
}

/** True when a submit of `form` only meant "on to the next section", and sees to it. */
export function takes(form, doing) {
  if (doing !== 'check' || !form.querySelector('.ds-steps') || isLast(form)) return false;
  next(form);
  return true;
}

/** Which section is open, by its id: it stays open when the page comes back with one item more. */
export function current(root) {
  const form = applicationForm(root);
  const section = form && form.querySelector('.ds-steps') && sectionsOf(form)[openOf(form)];
  return section ? section.dataset.section : '';
}

export function show(root, at) {
  const form = applicationForm(root);
  if (form && form.querySelector('.ds-steps')) open(form, at);
}

/** `section` is the id of the section to open, unless an error stands in another. */
export function enhance(root, { section = '', at = 0 } = {}) {
  const form = applicationForm(root);
  if (!form || form.querySelectorAll('.ds-section').length < 2) return;
  const submits = form.querySelectorAll('[name=_do][value=check]');
  const submit = submits[submits.length - 1];
  (submit.closest('.ds-actions') || submit).dataset.lastOnly = '';
  each(form, '.ds-after', (one) => { one.dataset.lastOnly = ''; });
  each(root, '.ds-lead, .ds-demo', (one) => { one.dataset.firstOnly = ''; });
  each(form, '.ds-privacy', (one) => form.append(one));
  const first = form.querySelector('.ds-section');
  first.before(make('div', { class: 'ds-progress' }, make('progress', { 'aria-label': words.progress })));
  const back = button(words.previous, () => { if (!checking) move(form, openOf(form) - 1); }, true);
  const forward = button(words.next, () => next(form));
  back.classList.add('ds-steps-previous');
  forward.classList.add('ds-steps-next');
  const all = form.querySelectorAll('.ds-section');
  all[all.length - 1].after(make('div', { class: 'ds-steps' }, forward, back));
  const sections = sectionsOf(form);
  const wrong = sections.findIndex((one) => one.querySelector('.ds-error'));
  const named = sections.findIndex((one) => one.dataset.section === section);
  const start = [wrong, named, at].find((place) => place >= 0);
  open(form, start, { focus: false });
  travel.stay(start);
  (root.closest('main') || root).addEventListener('click', (event) => follow(event, (target) => {
    const place = sectionsOf(form).findIndex((one) => one.contains(target));
    if (place >= 0 && place !== openOf(form)) { travel.step(place); open(form, place, { focus: false }); }
  }));
}

/** All sections at once again. */
export function plain(root) {
  each(root, '.ds-section, [data-last-only], [data-first-only]', (one) => { one.hidden = false; });
  each(root, '.ds-steps, .ds-progress, .ds-step', (one) => one.remove());
}
