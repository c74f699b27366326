// Copy and print: buttons that need a script, and are shown only by one.
import { announce, each, make } from './page.js';
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

export function enhance(root) {
  each(root, '.ds-copy', (button) => {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      const done = Boolean(source) && await copy(source.textContent.trim());
      button.focus();
      const text = done ? words.copied : words.copyFailed;
      announce(text);
      let said = button.nextElementSibling;
      if (!said || !said.matches('.ds-copied')) {
        said = make('span', { class: 'ds-copied', 'aria-hidden': 'true' });
        button.after(said);
      }
      said.textContent = text;
    });
  });
  if (typeof print !== 'function') return;
  each(root, '.ds-print', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => print());
  });
}
