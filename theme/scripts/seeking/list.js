// One thing found: what it is, its name, what it is about; the question that fits; the next step.
import { element } from './element.js';
import { words } from './words.js';

/** The telephone, as it stands at the foot of every page. */
function telephone() {
  const icon = document.querySelector('.ds-help-line .ds-icon');
  return icon ? icon.cloneNode(true) : '';
}

/** A link; `away`: to a tab of its own, which it says. A number is dialled from any page. */
export function link(url, look, away, ...children) {
  const made = element('a', { href: url, class: look }, ...children);
  if (away && !url.startsWith('tel:')) {
    made.target = '_blank';
    made.rel = 'noopener';
    made.append(element('span', { class: 'ds-visually-hidden' }, words.newTab));
  }
  return made;
}

function step(url, text, title, away, icon) {
  const made = link(url, 'ds-button ds-hit-next', away, icon, text);
  made.setAttribute('aria-label', words.stepOf(text, title) + (away && !icon ? words.newTab : ''));
  return made;
}

/** A number is help that is there at once: its one link dials it. */
function helpOf(page) {
  const number = page.url.slice(4);
  return [element('div', { class: 'ds-hit-link' }, ...about(page)), step(page.url, words.dial(number), page.title, false, telephone())];
}

const about = (page) => [
  element('span', { class: 'ds-hit-kind' }, words.kinds[page.kind]),
  element('strong', {}, page.title),
  element('span', {}, page.summary),
];

/** A result of `search` as an item. `stays`: this page is to be left standing; `kind`: what all results are anyway. */
export function itemOf({ page, question }, { stays, kind }) {
  const item = element('li', { class: `ds-hit ds-hit--${page.kind}` });
  if (page.kind === 'hotline') {
    item.append(...helpOf(page));
    return item;
  }
  item.append(link(page.url, 'ds-hit-link', stays, ...about(page).slice(kind ? 1 : 0)));
  if (question) item.append(link(question.url, 'ds-hit-asks', stays, element('span', {}, words.asks, question.title)));
  if (page.next) item.append(step(page.next.url, page.next.title, page.title, stays, ''));
  return item;
}
