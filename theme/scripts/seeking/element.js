// Elements, made by hand: nothing else that a page loads is needed for a search.

/** `children` are strings or elements. Attributes that are not there (null, false) are left out. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  Object.keys(attributes).filter((name) => attributes[name]).forEach((name) => made.setAttribute(name, attributes[name]));
  made.append(...children);
  return made;
}

export function pressed(label, look, act) {
  const made = element('button', { type: 'button', class: look }, label);
  made.addEventListener('click', act);
  return made;
}

/** A number to dial. */
export const dialling = (number) => element('a', { href: `tel:${number}` }, number);
