// Going on while a file is on its way: to the next section at once, to the end when all has come in.
import { announce, main } from '../main/page.js';
import { sectionsOf, showSection } from '../main/sections.js';
import { all, focusOn, make } from '../shared/elements.js';
import { isLost, isPending } from './row.js';
import { words } from './words.js';

/** Leads to what was not taken, as nothing but its row says. */
function toLost(form, { row }) {
  const section = row.closest('.ds-section[hidden]');
  if (section) showSection(main(), sectionsOf(form).indexOf(section));
  focusOn(row.querySelector('.ds-file-again'));
  announce(row.textContent);
}

/** Holds what leads on from `form` while `files()` are on their way, says so, and goes on by itself. */
export function waits(form, files) {
  const line = make('p', { class: 'ds-uploading' });
  const next = form.querySelector('.ds-steps-next');
  let held = null;
  (form.querySelector('.ds-steps') || all(form, '.ds-actions').pop()).before(line);
  const isLast = (pressed) => !next || next.hidden || pressed.matches('.ds-steps-done');
  const isEarly = (pressed) => files().some((one) => (isLast(pressed) ? isPending(one) : one.status === 'preparing'));
  const look = () => {
    const left = files().filter(isPending);
    const text = left.length ? words.left(left.length) + (held ? words.until : words.meanwhile) : '';
    if (line.textContent !== text) {
      line.textContent = text;
      if (held) announce(text);
    }
    line.hidden = !text;
    if (held && !isEarly(held)) held.click();
  };
  form.addEventListener('change', look);
  form.addEventListener('click', (event) => {
    const pressed = event.target.closest('button');
    if (!pressed) return;
    held = null;
    if (pressed === next || pressed.value === 'check') {
      const lost = files().find((one) => isLost(one) && (isLast(pressed) || one.row.offsetParent));
      if (isEarly(pressed)) held = pressed;
      if (held || lost) {
        event.preventDefault();
        event.stopPropagation();
      }
      if (!held && lost) toLost(form, lost);
    }
    look();
  }, true);
  look();
}
