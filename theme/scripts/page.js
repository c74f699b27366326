// The page as the scripts see it: its main content, what is asked in it, and how to speak to whoever reads it.

export const main = () => document.getElementById('main');
export const applicationForm = (root) => (root || document).querySelector('#application-form');
export const each = (root, selector, act) => Array.from(root.querySelectorAll(selector)).forEach(act);

/** A new element; `children` are strings or elements. Attributes that are true stand without a value. */
export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => made.setAttribute(name, attributes[name] === true ? '' : attributes[name]));
  made.append(...children);
  return made;
}

export function button(text, act, secondary) {
  const made = make('button', { type: 'button', class: secondary ? 'ds-button ds-button--secondary' : 'ds-button' }, text);
  made.addEventListener('click', act);
  return made;
}

/** Puts the reader's place on `target`, which need not be a control. */
export function focusOn(target) {
  if (!target) return;
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus();
}

let region = null;

/** Says `text` to screen readers without moving the focus. The region stands before it speaks, or it is not heard. */
export function announce(text) {
  if (!region) {
    region = make('div', { class: 'ds-visually-hidden', role: 'status' });
    document.body.append(region);
  }
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 50);
}

/** What the form would send now, as urlencoded text; `extra` are pairs added behind it, such as the button's own. */
export function body(form, extra) {
  const pairs = new URLSearchParams();
  new FormData(form).forEach((value, name) => { if (typeof value === 'string') pairs.append(name, value); });
  (extra || []).forEach((pair) => pairs.append(pair[0], pair[1]));
  return pairs.toString();
}

/** Where the form posts to. Not `form.action`: a control of that name would hide it. */
export const actionOf = (form) => form.getAttribute('action') || location.pathname;
