// The search among figures, and the panel beside a table. Without this file every link and form still works.
let opener = null;
const panel = () => document.getElementById('panel');
const close = () => { if (panel()?.textContent) { panel().replaceChildren(); opener?.focus(); } };

document.addEventListener('htmx:before:request', event => {
  if (['doors', 'spots'].includes(event.target.id) || event.target.matches('a[hx-get]')) opener = document.activeElement;
});
const failed = () => { panel().textContent = panel().dataset.failed; panel().focus(); };
document.addEventListener('htmx:before:swap', event => {
  const answer = event.detail.ctx.response.raw;
  if (answer.ok && !answer.url.includes('/sign-in/')) return;
  event.preventDefault();
  if (answer.ok) location.reload();
  else failed();
});
document.addEventListener('htmx:error', failed);
document.addEventListener('htmx:after:swap', event => {
  const target = event.detail.ctx.target.id;
  if (target === 'panel') panel().focus();
  if (target === 'columns') document.getElementById('find').focus();
});
document.addEventListener('click', event => { if (event.target.closest('[data-closes]')) close(); });
document.addEventListener('change', event => {
  if (['from', 'to'].includes(event.target.id)) document.getElementById('period').value = 'days';
});
document.addEventListener('input', event => {
  if (event.target.id !== 'find') return;
  const wanted = event.target.value.trim().toLowerCase();
  let found = 0;
  for (const label of document.querySelectorAll('.groups label')) {
    label.hidden = !`${label.textContent} ${label.firstElementChild.value}`.toLowerCase().includes(wanted);
    found += !label.hidden;
  }
  for (const group of document.querySelectorAll('.groups fieldset')) group.hidden = !group.querySelector('label:not([hidden])');
  document.getElementById('none-found').hidden = found > 0;
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') close();
  if (event.key === 'Enter' && event.target.id === 'find') event.preventDefault();
});
