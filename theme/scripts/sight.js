// How the page is read: large, in plain colours, simple, aloud. Loaded when its button is pressed for the first time.
import { aloud } from './sight/aloud.js';
import { panel } from './sight/panel.js';

let shown;

/** Opens the panel below the header's row, or closes it; `opener` keeps the focus, or gets it back. */
export function toggle(opener) {
  const close = () => {
    shown.hidden = true;
    opener.setAttribute('aria-expanded', false);
    opener.focus();
  };
  if (shown && !shown.hidden) return close();
  if (!shown) {
    shown = panel(close, aloud());
    opener.closest('.ds-header-row').after(shown);
    [shown, opener].forEach((one) => one.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !shown.hidden) close();
    }));
  }
  shown.hidden = false;
  opener.setAttribute('aria-expanded', true);
  // With large letters the header alone may fill a phone.
  if (shown.getBoundingClientRect().bottom > innerHeight) opener.scrollIntoView();
  return shown;
}
