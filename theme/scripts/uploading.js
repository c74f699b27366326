// Photos and papers: the plain field becomes two buttons, and rows that send themselves. Loaded only where one is asked.
import { announce, applicationForm } from './main/page.js';
import { forgive } from './main/sections.js';
import { all, button, each, focusOn, make } from './shared/elements.js';
import { build, isPending } from './uploading/row.js';
import { waits } from './uploading/waiting.js';
import { addressOf, keep, look, nudge, recall, start, stop } from './uploading/way.js';
import { words } from './uploading/words.js';

/** Every file of the forms shown so far: what is under way outlives a page that is replaced. */
const files = new Set();
/** The little pictures, by digest: a page that comes back shows them again. */
const previews = {};

const boxOf = (one) => one.row.closest('.ds-attachment');
/** The files of a box, in the order of their rows. */
const inside = (box) => all(box, '.ds-file').map((row) => row.one);
const fieldOf = (box) => box.closest('.ds-field');
const byCamera = (box) => box.querySelector('[capture]');

function note(box, text) {
  box.querySelector('.ds-file-note').textContent = text;
  announce(text);
}

function changed(box) {
  const rows = inside(box);
  const first = box.querySelector('.ds-file-pick');
  rows.forEach((one, at) => {
    one.at = at + 1;
    one.draw();
  });
  if (byCamera(box)) first.textContent = rows.length ? words.more : words.take;
  first.dispatchEvent(new Event('change', { bubbles: true }));
}

function drop(one) {
  const box = boxOf(one);
  // What was said of it was said of what it held.
  forgive(fieldOf(box));
  stop(one);
  one.row.remove();
  files.delete(one);
  changed(box);
}

/** Milliseconds within which a second press is the first one's, though another row stands there by then. */
const TWICE = 700;

/** A row for `one` {status, said …}, at the end of its box. */
function enter(box, one) {
  const field = fieldOf(box);
  Object.assign(one, { form: box.closest('form'), name: field.dataset.name });
  /** The server's word on it: its digest is an answer from then on, unless it was not taken. */
  one.settle = ({ status, said }) => {
    if (one.gone) return;
    if (one.input) one.input.remove();
    one.input = status === 'refused' ? null : make('input', { type: 'hidden', name: one.name, value: one.digest });
    if (one.input) one.row.prepend(one.input);
    one.turn(status, said);
    changed(boxOf(one));
    look(one);
  };
  /** Whether it is there only once; else it goes again. */
  one.isNew = () => {
    const here = boxOf(one);
    previews[one.digest] = one.preview;
    if (inside(here).every((other) => other === one || other.digest !== one.digest)) return true;
    drop(one);
    note(here, words.same);
    return false;
  };
  build(one, byCamera(box) ? words.again : words.againHere, () => boxOf(one).pick(one), () => {
    const here = boxOf(one);
    const { nextElementSibling: next, previousElementSibling: before } = one.row;
    const now = Date.now();
    if (now - here.dropped < TWICE) return;
    here.dropped = now;
    drop(one);
    note(here, words.dropped(one.at));
    focusOn((next || before || here).querySelector('.ds-file-drop, .ds-file-pick'));
  });
  files.add(one);
  box.querySelector('.ds-files').append(one.row);
}

function choose(box, chosen, instead) {
  forgive(fieldOf(box));
  const room = box.dataset.max - inside(box).length + (instead ? 1 : 0);
  const taken = chosen.slice(0, Math.max(0, room));
  note(box, taken.length < chosen.length ? words.over(box.dataset.max) : '');
  taken.forEach((file) => {
    const one = { file, status: 'preparing', sort: /pdf$/.test(file.type) ? 'PDF' : words.photo, most: box.dataset.bytes };
    enter(box, one);
    if (instead) instead.row.before(one.row);
    start(one);
  });
  if (instead && taken.length) drop(instead);
  changed(box);
}

/** Rows for what came with the page or a draft, and those of the page it replaced that the server did not know yet. */
function adopt(box) {
  const form = box.closest('form');
  const field = fieldOf(box);
  each(field, '[type=hidden]', (input) => {
    const old = input.closest('.ds-file');
    const one = { input, digest: input.value, size: 1, preview: previews[input.value], status: 'asking' };
    enter(box, one);
    one.row.prepend(input);
    if (old && old.dataset.status !== 'unknown') {
      one.turn(old.dataset.status, old.querySelector('.ds-file-state').textContent);
      look(one);
    } else recall(one);
    if (old) old.remove();
  });
  files.forEach((one) => {
    if (one.row.isConnected || one.name !== field.dataset.name || addressOf(one.form) !== addressOf(form)) return;
    if (one.digest && inside(box).some((other) => other.digest === one.digest)) {
      stop(one);
      files.delete(one);
    } else {
      one.form = form;
      box.querySelector('.ds-files').append(one.row);
    }
  });
}

function takeOver(box) {
  const plain = box.querySelector('.ds-file-input');
  const chosen = Array.from(plain.files);
  let instead = null;
  const input = (attributes) => {
    const made = make('input', Object.assign({ type: 'file', hidden: true }, attributes));
    made.addEventListener('change', (event) => {
      event.stopPropagation();
      const files = Array.from(made.files);
      made.value = '';
      choose(box, files, instead);
    });
    return made;
  };
  const picker = input({ accept: plain.accept, multiple: true });
  const camera = matchMedia('(pointer:coarse)').matches ? input({ accept: 'image/*', capture: 'environment' }) : picker;
  const open = (which, row) => { instead = row; which.click(); };
  box.pick = (row) => open(camera, row);
  const opening = (text, which, secondary) => {
    const made = button(text, () => open(which, null), secondary);
    made.classList.add('ds-file-pick');
    return made;
  };
  const picks = camera === picker ? [opening(words.chooseHere, picker)] : [opening(words.take, camera), opening(words.choose, picker, true)];
  box.querySelector('label').removeAttribute('for');
  each(box, '.ds-file-upload, .ds-file-waiting, .ds-full', (one) => one.remove());
  plain.after(box.querySelector('.ds-files'), make('p', { class: 'ds-file-note' }), make('div', { class: 'ds-file-picks' }, ...picks), camera, picker);
  plain.remove();
  picks[0].id = plain.id;
  adopt(box);
  if (chosen.length) choose(box, chosen);
  changed(box);
}

/** Every attachment question of the page shown. */
export function enhance(root) {
  const form = applicationForm(root);
  if (!form) return;
  each(form, '.ds-attachment', (box) => { if (box.querySelector('.ds-file-input')) takeOver(box); });
  keep(form);
  waits(form, () => Array.from(files).filter((one) => form.contains(one.row) && !one.row.closest('.ds-field[hidden]')));
}

addEventListener('online', nudge);
document.addEventListener('visibilitychange', nudge);
addEventListener('beforeunload', (event) => {
  if (!Array.from(files).some(isPending)) return;
  event.preventDefault();
  event.returnValue = true;
});
