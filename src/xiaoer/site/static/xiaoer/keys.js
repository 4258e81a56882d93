// The keys of every page: / searches, j and k go down and up, Esc leaves the search. Without this file links and forms work.
{
  const typing = target => target.closest('input, select, textarea, [contenteditable]');
  const box = () => [...document.querySelectorAll('input[type=search][name=q]')].find(one => one.checkVisibility());
  const step = (from, by) => {
    const rows = [...document.querySelectorAll('main .figures tbody tr, main .found li')];
    const row = from.closest('tr, li'), at = row ? rows.indexOf(row) + by : 0;
    const cell = from.closest('td, th');
    const next = rows[at]?.cells?.[cell ? cell.cellIndex : 0];
    const target = next?.querySelector('a, button') ?? rows[at]?.querySelector('a, button');
    target?.focus();
    if (target) target.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && event.target.type === 'search') return event.target.blur();
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && box()) { event.preventDefault(); box().focus(); }
    if (event.key === 'j') step(event.target, 1);
    if (event.key === 'k') step(event.target, -1);
  });
}
