// The server's errors, set beside their fields with the same markup as the server's own page.
import { each, focusOn, make } from './page.js';
import { words } from './words.js';

const filled = (control) => (
  /^(radio|checkbox)$/.test(control.type) ? control.checked : control.type !== 'hidden' && control.value.trim() !== ''
);

/** The n-th item the server saw: it drops those left blank. */
function itemOf(group, number) {
  const items = Array.from(group.querySelectorAll('.ds-item'));
  return items.filter((item) => Array.from(item.querySelectorAll('input, select, textarea')).some(filled))[number];
}

/** The field a JSON Pointer of an error names, or undefined when the page does not have it. */
export function fieldAt(form, pointer) {
  const parts = pointer.split('/').slice(1);
  const field = (root, ends) => Array.from(root.querySelectorAll('.ds-field')).find((one) => ends(one.dataset.pointer || ''));
  const group = parts.length > 2 && form.querySelector(`.ds-group[data-group="${parts[0]}"]`);
  const item = group && itemOf(group, Number(parts[1]));
  return item ? field(item, (own) => own.endsWith(`/${parts[2]}`)) : field(form, (own) => own === pointer);
}

const controlsOf = (field) => Array.from(field.querySelectorAll('input, select, textarea'));
/** What says it is wrong: the fieldset around several controls, else the control itself. */
const bearerOf = (field) => field.querySelector('fieldset') || controlsOf(field)[0];

export function clear(root) {
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

function mark(field, message) {
  const line = make('p', { class: 'ds-error', id: `${field.id.replace(/^field-/, '')}-error` },
    make('span', { class: 'ds-visually-hidden' }, words.errorPrefix), message);
  const bearer = bearerOf(field);
  const group = field.dataset.kind === 'group';
  if (bearer.matches('fieldset')) {
    const heads = Array.from(bearer.children).filter((child) => child.matches('legend, .ds-hint, .ds-why'));
    heads[heads.length - 1].after(line);
  } else (bearer.parentElement === field ? bearer : bearer.parentElement).before(line);
  bearer.setAttribute('aria-describedby', [bearer.getAttribute('aria-describedby'), line.id].filter(Boolean).join(' '));
  const invalid = bearer.matches('[role=radiogroup]') ? [bearer] : controlsOf(field);
  if (!group) invalid.forEach((control) => control.setAttribute('aria-invalid', 'true'));
  field.classList.add('ds-field--error');
}

/** Marks each [field, message], and returns the summary that leads to them. */
export function markAll(found) {
  const list = make('ul', { class: 'ds-summary-list' });
  found.forEach(([field, message]) => {
    mark(field, message);
    const target = field.dataset.kind === 'group' ? bearerOf(field) : controlsOf(field)[0];
    list.append(make('li', {}, make('a', { href: `#${target.id}` }, message)));
  });
  return make('div', { class: 'ds-summary', role: 'alert', tabindex: '-1', id: 'error-summary' },
    make('h2', { class: 'ds-summary-title' }, words.summaryTitle(found.length)), list);
}

/** A summary's links move the focus without an address of their own, and open the section they lead to. */
export function follow(event, open) {
  const link = event.target.closest && event.target.closest('.ds-summary a[href^="#"]');
  const target = link && document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  if (!target) return;
  event.preventDefault();
  open(target);
  focusOn(target);
  const field = target.closest('.ds-field') || target;
  field.scrollIntoView();
}
