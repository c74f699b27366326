// Small ways with elements. They remember nothing, so whoever imports them is served a copy.
export const all = (root, selector) => Array.from(root.querySelectorAll(selector));
export const each = (root, selector, act) => all(root, selector).forEach(act);

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
