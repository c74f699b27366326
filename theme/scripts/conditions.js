// Which questions are asked, given the answers so far: the schema's own if/then, carried in the page as data-asked-if.
import { each } from './page.js';

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

const own = (name) => name.split('/').pop();
const nameOf = (field) => own(field.dataset.pointer || field.dataset.name);

function answerOf(field) {
  const controls = Array.from(field.querySelectorAll('input, select, textarea'));
  const ticked = controls.filter((control) => control.checked).map((control) => control.value);
  if (field.dataset.kind === 'consent') return ticked.length > 0;
  if (field.dataset.kind === 'choices') return ticked;
  if (field.dataset.kind === 'yes-no') return ticked.length ? ticked[0] === 'true' || ticked[0] === 'yes' : undefined;
  if (controls.length && controls[0].type === 'radio') return ticked[0];
  return controls.length ? controls[0].value.trim() : undefined;
}

function show(field, wanted) {
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
  return Array.from(scope.querySelectorAll('.ds-field'))
    .filter((field) => (field.parentElement.closest('.ds-item') || null) === (scope.matches('.ds-item') ? scope : null));
}

export function refresh(form) {
  const scopes = [form].concat(Array.from(form.querySelectorAll('.ds-item')));
  scopes.forEach((scope) => {
    const fields = fieldsOf(scope);
    const answers = {};
    fields.forEach((field) => { answers[nameOf(field)] = answerOf(field); });
    const names = new Set(asked(fields.map((field) => (
      { name: nameOf(field), asked_if: JSON.parse(field.dataset.askedIf || '[]') })), answers));
    fields.forEach((field) => { if (field.dataset.askedIf) show(field, names.has(nameOf(field))); });
  });
}

export function enhance(root) {
  each(root, '#application-form', (form) => {
    refresh(form);
    each(form, '.ds-condition', (line) => { line.hidden = true; });
    form.addEventListener('change', () => refresh(form));
  });
}

/** Back to the plain page, where every question is seen. */
export function plain(root) {
  each(root, '.ds-condition', (line) => { line.hidden = false; });
  each(root, '.ds-field[data-asked-if]', (field) => show(field, true));
}
