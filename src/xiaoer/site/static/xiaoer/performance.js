// The table's keys, the search among figures, and the panel beside it. Without this file every link and form still works.
let opener = null;
const panel = () => document.getElementById('panel');
const close = () => { if (panel()?.textContent) { panel().replaceChildren(); opener?.focus(); } };
const typing = target => target.closest('input, select, textarea');

document.addEventListener('htmx:beforeRequest', event => {
  if (event.target.id === 'doors') opener = document.activeElement;
});
document.addEventListener('htmx:beforeSwap', event => {
  const answer = event.detail.xhr, aside = event.detail.target.id === 'panel';
  if (answer.responseURL.includes('/sign-in/') || (answer.status >= 400 && !aside)) location.assign(answer.responseURL);
  else if (answer.status >= 400) panel().textContent = panel().dataset.failed;
});
document.addEventListener('htmx:sendError', () => { panel().textContent = panel().dataset.failed; });
document.addEventListener('htmx:afterSettle', event => {
  if (event.detail.target.id === 'panel') panel().focus();
  if (event.detail.target.id === 'columns') document.getElementById('find').focus();
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
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') { event.preventDefault(); document.getElementById('words').focus(); }
  if (event.key === 'j' || event.key === 'k') {
    const cell = event.target.closest('.figures td'), at = cell ? cell.cellIndex : 1;
    const rows = [...document.querySelectorAll('#performance .figures tbody tr')];
    const next = cell ? rows.indexOf(cell.parentElement) + (event.key === 'j' ? 1 : -1) : 0;
    rows[next]?.cells[at]?.querySelector('button')?.focus();
  }
});
