// The receipt: its buttons that need a script, and its code, not to be lost by one wrong touch.
import { button, each, make } from '../shared/elements.js';
import { announce } from './page.js';
import { words } from './words.js';

/** The old way, for browsers without a clipboard, or pages not allowed to use it. */
function copyOld(text) {
  const field = make('textarea', { class: 'ds-visually-hidden', readonly: true, 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length);
  let done = false;
  try { done = document.execCommand('copy'); } catch (error) { done = false; }
  field.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    return copyOld(text);
  }
}

/** Whether leaving loses something: a code neither copied nor written down, or answers that no draft keeps. */
export const atRisk = () => Boolean(document.querySelector('#access-code:not([data-noted]), [data-typed]'));

/** The receipt's buttons and links. */
export function enhanceReceipt(root) {
  each(root, '.ds-copy', (copier) => {
    const source = root.querySelector(`#${copier.dataset.copy}`);
    if (!source) return;
    const said = make('span', { class: 'ds-copied', 'aria-hidden': 'true' });
    const tell = (text) => {
      const code = root.querySelector('#access-code');
      if (code && text !== words.copyFailed) code.dataset.noted = '';
      announce(text);
      said.textContent = text;
    };
    copier.hidden = false;
    copier.addEventListener('click', async () => {
      const done = await copy(source.textContent.trim());
      copier.focus();
      tell(done ? words.copied : words.copyFailed);
    });
    const noted = button(words.noted, () => tell(words.keepApart), true);
    noted.classList.add('ds-noted', 'ds-noprint');
    copier.after(noted, said);
  });
  // What leads away from a receipt leaves it standing.
  if (root.querySelector('[data-page=receipt]')) {
    each(root, 'a[href^="/"]', (link) => { link.target = '_blank'; link.rel = 'noopener'; });
  }
  if (typeof print !== 'function') return;
  each(root, '.ds-print', (printer) => {
    printer.hidden = false;
    printer.addEventListener('click', () => print());
  });
}
