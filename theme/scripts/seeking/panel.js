// Where it is shown what was found: over the page below the field, as far as the window goes; on a page for it, in the
// page. It is an ordinary list of links: Tab and a thumb find them, arrow keys too, and Escape closes it.
import { element, pressed } from './element.js';
import { itemOf } from './list.js';
import { failure, missed, nothing } from './nothing.js';
import { words } from './words.js';

const FEW = 6;
const MAYBE = 3;

/** `here`: in the page; `stays`: links leave this page standing; `kind`: what alone is looked for. */
export function makePanel(form, field, { here, stays, kind }) {
  const status = element('p', { class: 'ds-visually-hidden', role: 'status' });
  const head = element('p', {});
  const body = element('div', {});
  const panel = element('div', { class: 'ds-hits' }, element('div', { class: 'ds-hits-head' }, head), body);
  const listed = here && document.querySelector('[data-listed]'); // what such a page lists anyway
  const desk = matchMedia('(min-width:48em)');
  let shut = false;

  panel.hidden = true;
  form.append(status, panel);
  if (!here) head.after(pressed(words.close, 'ds-hits-close', close));

  /** What the window has left for it, above a keyboard. */
  function room() {
    const { height, offsetTop } = window.visualViewport || { height: innerHeight, offsetTop: 0 };
    return height + offsetTop - panel.getBoundingClientRect().top;
  }

  /** Whether each thing found can be seen whole, with its button. */
  const holds = (most) => Array.from(body.querySelectorAll('li')).every((one) => one.offsetHeight + 2 <= most); // its borders

  /** Puts the field at the window's top; 2 px further up ends the line below the sections. */
  function rise() { scrollBy(0, field.getBoundingClientRect().top - 2); }

  /** As high as the window has room; on a phone all of it. Where a keyboard leaves too little, each thing found says
   *  less, and where even that is too much, the panel goes on as the page does. */
  function fit() {
    // Who scrolled on in it goes on reading, though the window changes.
    if (here || panel.hidden || panel.getBoundingClientRect().top < 0) return;
    panel.classList.remove('is-low');
    panel.classList.toggle('is-low', !holds(room()));
    const most = `${room()}px`;
    panel.style.maxHeight = holds(room()) ? most : 'none';
    panel.style.minHeight = desk.matches ? '' : most;
  }

  function speak(text) { status.textContent = text; }

  function draw(text, parts, some) {
    const opens = panel.hidden;
    head.textContent = text + (stays && some ? words.stays : '');
    speak(text);
    body.textContent = '';
    body.append(...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
    if (listed) listed.hidden = some;
    form.classList.add('is-open');
    if (!here && ((opens && !desk.matches) || !holds(room()))) rise();
    fit();
  }

  function clear() {
    panel.hidden = true;
    form.classList.remove('is-open');
    speak('');
    if (listed) listed.hidden = false;
  }

  function close() {
    shut = true;
    clear();
    field.focus();
  }

  /** `sure`: they may well be what was meant; else it is said, and what else may help stands below. */
  function show(results, query, sure) {
    if (!results.length) {
      draw(words.found(0), nothing(query, { kind, stays, speak }), false);
      return;
    }
    const shown = results.slice(0, sure ? (here ? results.length : FEW) : MAYBE);
    const parts = [element('ul', { class: 'ds-hits-list' }, ...shown.map((one) => itemOf(one, { stays, kind })))];
    if (sure && shown.length < results.length) {
      parts.push(element('button', { class: 'ds-button ds-button--secondary ds-hits-all' }, words.all(results.length)));
    }
    parts.push(...(sure ? missed(query, { results, kind, speak }) : nothing(query, { kind, stays, speak })));
    draw(sure ? words.found(results.length) : words.unsure, parts, true);
  }

  /** One link on or back, from the field on. */
  function move(event, by) {
    const stops = [field, ...panel.querySelectorAll('a, .ds-hits-all')];
    const next = stops[stops.indexOf(document.activeElement) + by];
    if (panel.hidden || !next) return;
    event.preventDefault();
    next.focus();
  }

  field.addEventListener('input', () => { shut = false; });
  form.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(event, 1);
    if (event.key === 'ArrowUp') move(event, -1);
    if (event.key === 'Escape' && !here && !panel.hidden) {
      event.preventDefault();
      close();
    }
  });
  form.addEventListener('focusout', (event) => {
    if (!event.relatedTarget || form.contains(event.relatedTarget)) return;
    shut = false;
    if (!here) clear();
  });
  // What lies further down on this very page is to be seen.
  form.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!here && link && !link.target && link.pathname === location.pathname) clear();
  });
  if (!here) document.addEventListener('pointerdown', (event) => { if (!form.contains(event.target)) clear(); });
  (window.visualViewport || window).addEventListener('resize', fit);

  return {
    show,
    clear,
    say: (text) => draw(text, [], false),
    fail: () => draw(words.failed, failure(stays), false),
    mayOpen: () => !shut && panel.hidden,
    isWanted: () => here || (!shut && form.contains(document.activeElement)),
  };
}
