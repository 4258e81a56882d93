// The keys of a scorecard, and the words of the item in hand lit in the conversation. Without this file forms and links work.
{
  const entries = () => [...document.querySelectorAll('[data-entry]')];
  const open = () => entries().filter(one => one.querySelector('form') && !one.classList.contains('decided'));
  const typing = target => target.closest('input, select, textarea, button, a, summary');
  let at = null;

  const light = entry => {
    for (const mark of document.querySelectorAll('.chat mark')) {
      mark.classList.toggle('lit', mark.dataset.items.split(' ').includes(entry?.dataset.entry));
    }
    const box = document.querySelector('.talk'), lit = document.querySelector('.chat mark.lit');
    if (box && lit && box.scrollHeight > box.clientHeight) lit.scrollIntoView({ block: 'nearest' });
  };
  const go = entry => { if (entry) { entry.focus(); entry.scrollIntoView({ block: 'nearest' }); } };
  const step = (from, by) => {
    const all = entries(), here = from.closest('[data-entry]') ?? document.getElementById(at ?? '');
    go(all[here ? Math.max(0, Math.min(all.length - 1, all.indexOf(here) + by)) : 0]);
  };
  const press = (entry, values) => {
    const button = values.map(value => entry?.querySelector(`button[value=${value}]`)).find(Boolean);
    if (button) { at = entry.id; button.click(); }
  };

  document.addEventListener('focusin', event => {
    const entry = event.target.closest('[data-entry]');
    if (entry) { at = entry.id; light(entry); }
  });
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    const entry = event.target.closest('[data-entry]') ?? document.getElementById(at ?? '');
    if (event.key === 'j') step(event.target, 1);
    if (event.key === 'k') step(event.target, -1);
    if (event.key === 'a') press(entry, ['accepted', 'fine']);
    if (event.key === 'r' && entry) {
      const why = entry.querySelector('select[name=reason]');
      if (why) { event.preventDefault(); why.focus(); } else press(entry, ['fault']);
    }
    if (event.key === 'Enter' && !typing(event.target)) {
      const left = open()[0];
      if (left) go(left);
      else document.querySelector('button[form=finish]')?.click();
    }
  });
  // Choosing why is refusing.
  document.addEventListener('change', event => {
    if (event.target.name === 'reason' && event.target.value) press(event.target.closest('[data-entry]'), ['refused']);
  });
  document.addEventListener('htmx:after:swap', () => {
    const all = entries(), here = all.findIndex(one => one.id === at);
    if (here >= 0) go(all.slice(here + 1).find(one => !one.classList.contains('decided')) ?? all[here]);
  });
}
