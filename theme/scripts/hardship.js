// The door for hardship: of all that may help, what fits the answers. Nothing is sent or kept, nor put into the address:
// who picks up this phone next sees nothing. Only this page loads it.
import { all, each, focusOn } from './shared/elements.js';

/** Whether of each question that `when` names one of its options was chosen. Both: {question: [options]}. */
export const fits = (when, chosen) => Object.keys(when)
  .every((question) => when[question].some((option) => (chosen[question] || []).includes(option)));

function start() {
  const asked = document.getElementById('hardship-questions');
  const list = document.getElementById('hardship-helps');
  const count = document.getElementById('hardship-count');
  if (!asked || !list || !count) return;
  const again = count.querySelector('button');

  function show() {
    const chosen = {};
    each(asked, '[data-question]', (one) => {
      chosen[one.dataset.question] = all(one, 'input:checked').map((input) => input.value);
    });
    const some = Object.keys(chosen).some((question) => chosen[question].length);
    each(list, '[data-when]', (reason) => { reason.hidden = some && !fits(JSON.parse(reason.dataset.when), chosen); });
    const cards = Array.from(list.children);
    cards.forEach((card) => { card.hidden = !card.querySelector('[data-when]:not([hidden])'); });
    const found = cards.filter((card) => !card.hidden).length;
    const told = found ? `按您选的，看看这 ${found} 项` : '您选的这几样，这里没有对得上的。看看最下面的办法';
    count.querySelector('p').textContent = some ? told : `还没有选。全部 ${found} 项都在下面`;
    again.hidden = !some;
  }

  const clear = () => { each(asked, 'input', (input) => { input.checked = false; }); show(); };
  asked.addEventListener('change', show);
  again.addEventListener('click', () => { clear(); focusOn(asked.querySelector('input')); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) clear(); });
  document.getElementById('hardship-plain').hidden = true;
  asked.hidden = false;
  count.hidden = false;
  clear();
  delete document.documentElement.dataset.script;
}

if (typeof document !== 'undefined') start();
