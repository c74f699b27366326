// The panel behind the header's button: rows of buttons of which one is pressed. It hides nothing and holds nobody.
import { ROWS, choose, chosenIn } from './choices.js';
import { words } from './words.js';

const { dataset } = document.documentElement;

export function make(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

export function button(text, act, className = 'ds-chip') {
  const made = make('button', { type: 'button', className }, text);
  made.addEventListener('click', act);
  return made;
}

/** A row with its name; `about` is what a screen reader says before its buttons. */
export function row(about, ...buttons) {
  const made = make('div', { className: 'ds-sight-row' }, make('strong', {}, about), make('div', { className: 'ds-chips' }, ...buttons));
  made.setAttribute('role', 'group');
  made.setAttribute('aria-label', about);
  return made;
}

export function panel(close, more) {
  const note = make('p', { className: 'ds-small' }, words.kept);
  const rows = ROWS.map((values, at) => values.map((value, place) => button(
    place ? words[value] : words.plain[at],
    (event) => turn(choose(dataset.sight, at, value), event),
  )));

  function press() {
    const chosen = chosenIn(dataset.sight);
    dataset.sight = chosen.filter(Boolean).join(' '); // what is shown to be chosen is drawn, whatever was kept
    chosen.forEach((value, at) => rows[at].forEach(
      (one, place) => one.setAttribute('aria-pressed', ROWS[at][place] === value),
    ));
  }

  /** What was pressed stays under the finger, however large the letters around it become. */
  function turn(kept, { currentTarget: pressed }) {
    const { top } = pressed.getBoundingClientRect();
    dataset.sight = kept;
    try { localStorage.setItem('sight', kept); } catch (error) { note.textContent = words.notKept; }
    press();
    scrollBy(0, pressed.getBoundingClientRect().top - top);
  }

  press();
  const made = make(
    'section', { className: 'ds-sight ds-noprint', id: 'sight-panel' },
    make(
      'div', { className: 'ds-wide' },
      more, ...rows.map((buttons, at) => row(words.groups[at], ...buttons)), note,
      make('p', { className: 'ds-chips' }, button(words.normal, (event) => turn('', event)), button(words.close, close)),
    ),
  );
  made.setAttribute('aria-label', words.title);
  // A finger has no arrow.
  made.querySelectorAll('.ds-sight-row')[ROWS.length].hidden = !matchMedia('(any-pointer:fine)').matches;
  return made;
}
