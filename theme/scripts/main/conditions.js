// Which questions are asked, given the answers so far: the schema's own if/then, carried in the page as data-asked-if.
import { all, button, each } from '../shared/elements.js';
import { controlsOf } from './page.js';
import { words } from './words.js';

const matches = (answer, values) => (
  Array.isArray(answer) ? values.some((value) => answer.includes(value)) : values.includes(answer)
);

/**
 * The names of the fields asked. `fields`: [{name, asked_if: [{field, values}]}], `answers`: {name: string|boolean|list}.
 * A condition holds only while the field it names is itself asked.
 */
export function asked(fields, answers) {
  const names = new Set(fields.map((field) => field.name));
  const holds = (condition) => names.has(condition.field) && matches(answers[condition.field], condition.values);
  for (let before = -1; before !== names.size;) {
    before = names.size;
    fields.forEach((field) => { if (!(field.asked_if || []).every(holds)) names.delete(field.name); });
  }
  return fields.filter((field) => names.has(field.name)).map((field) => field.name);
}

/** Kinds that are written in digits: a Chinese keyboard's full-width ones become the plain ones. */
const DIGITS = /^(resident-id|phone|money|integer|bank-card)$/;

const nameOf = ({ dataset: own }) => (own.pointer || own.name).split('/').pop();

function answerOf(field) {
  const controls = controlsOf(field);
  const ticked = controls.filter((control) => control.checked).map((control) => control.value);
  if (field.dataset.kind === 'consent') return ticked.length > 0;
  if (field.dataset.kind === 'choices') return ticked;
  if (field.dataset.kind === 'yes-no') return ticked.length ? ticked[0] === 'true' || ticked[0] === 'yes' : undefined;
  if (controls.length && controls[0].type === 'radio') return ticked[0];
  return controls.length ? controls[0].value.trim() : undefined;
}

function reveal(field, wanted) {
  field.hidden = !wanted;
  each(field, 'input, select, textarea, button', (control) => {
    if (!wanted && !control.disabled) {
      control.disabled = true;
      control.dataset.off = '';
    } else if (wanted && 'off' in control.dataset && !control.closest('.ds-field[hidden]')) {
      control.disabled = false;
      delete control.dataset.off;
    }
  });
}

/** The fields that stand in `scope` itself: a form's, or one item's of a group. */
function fieldsOf(scope) {
  return all(scope, '.ds-field')
    .filter((field) => (field.parentElement.closest('.ds-item') || null) === (scope.matches('.ds-item') ? scope : null));
}

export function refresh(form) {
  const scopes = [form].concat(all(form, '.ds-item'));
  scopes.forEach((scope) => {
    const fields = fieldsOf(scope);
    const answers = {};
    fields.forEach((field) => { answers[nameOf(field)] = answerOf(field); });
    const names = new Set(asked(fields.map((field) => (
      { name: nameOf(field), asked_if: JSON.parse(field.dataset.askedIf || '[]') })), answers));
    fields.forEach((field) => { if (field.dataset.askedIf) reveal(field, names.has(nameOf(field))); });
  });
}

/** A way back from a touched radio button, where no answer is an answer too. */
function unpick(group) {
  if (!group.querySelector('.ds-optional')) return;
  const taken = button(words.unpick, () => {
    controlsOf(group).forEach((one) => { one.checked = false; });
    taken.dispatchEvent(new Event('change', { bubbles: true }));
    controlsOf(group)[0].focus();
  }, true);
  const look = () => { taken.hidden = !controlsOf(group).some((one) => one.checked); };
  taken.classList.add('ds-unpick');
  group.append(taken);
  group.closest('form').addEventListener('change', look);
  look();
}

function narrow({ target }) {
  const field = target.closest && target.closest('.ds-field');
  if (!field || !DIGITS.test(field.dataset.kind)) return;
  const plainly = target.value.normalize('NFKC');
  if (plainly !== target.value) target.value = plainly;
}

export function enhanceConditions(root) {
  each(root, '#application-form', (form) => {
    each(form, '[role=radiogroup]', unpick);
    form.addEventListener('change', narrow);
    refresh(form);
    each(form, '.ds-condition', (line) => { line.hidden = true; });
    form.addEventListener('change', () => refresh(form));
  });
}

/** Back to the plain page, where every question is seen. */
export function plainConditions(root) {
  each(root, '.ds-condition', (line) => { line.hidden = false; });
  each(root, '.ds-unpick', (one) => one.remove());
  each(root, '.ds-field[data-asked-if]', (field) => reveal(field, true));
}
