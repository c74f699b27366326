// One file as a row: its picture, its number, how it stands, and what can be done about it.
import { announce } from '../main/page.js';
import { button, make } from '../shared/elements.js';
import { words } from './words.js';

export const isPending = (one) => /preparing|queued|sending|offline|busy/.test(one.status);
/** Not taken; why, its row says. */
export const isLost = (one) => one.status === 'refused';

/** Gives `one` its `row`, and `turn`: another state, which is also said when it matters; `again` says "take it again" here. */
export function build(one, again, take, drop) {
  const title = make('strong', {});
  const line = make('span', {});
  const bar = make('progress', { max: 100, 'aria-hidden': 'true' });
  const redo = button(again, take, true);
  const less = button(words.drop, drop, true);
  // Looked at closely here, before somebody in an office has to.
  const look = button(one.sort || '', () => look.setAttribute('aria-expanded', one.row.classList.toggle('ds-file--large')));
  look.className = 'ds-file-look';
  redo.classList.add('ds-file-again');
  less.classList.add('ds-file-drop');
  one.row = make('li', { class: 'ds-file' }, look, make('div', {}, title, line, bar), redo, less);
  one.row.one = one;
  one.draw = () => {
    const { status } = one;
    one.row.dataset.status = status;
    one.row.toggleAttribute('data-pending', isPending(one));
    title.textContent = words.title(one.at);
    line.textContent = status === 'sending' ? `${words.sending}${one.sent || 0}%`
      : (status === 'refused' ? words.refused : '') + (one.said || words[status] || '');
    bar.value = one.sent || 0;
    bar.hidden = status !== 'sending';
    redo.hidden = !/refused|missing/.test(status);
    [redo, less].forEach((pressed) => pressed.setAttribute('aria-label', pressed.textContent + title.textContent));
    look.disabled = !one.preview;
    look.hidden = !(one.preview || one.file);
    if (one.preview && !look.firstElementChild) {
      look.textContent = '';
      look.append(make('img', { src: one.preview, alt: '' }));
      look.setAttribute('aria-expanded', false);
    }
    look.setAttribute('aria-label', one.preview ? title.textContent + words.look : one.sort);
  };
  one.turn = (status, said) => {
    const spoken = status !== one.status && /offline|waiting|ready|refused/.test(status);
    Object.assign(one, { status, said });
    one.draw();
    if (spoken) announce(title.textContent + line.textContent);
  };
}
