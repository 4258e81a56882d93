// The grid of a roster: arrow keys and Enter lead to a cell's form, a shift is dragged onto another cell. Without this
// file the form beside the grid does all of it.
{
  const grid = document.getElementById('grid'), form = document.getElementById('change');
  const days = [...grid?.tHead.rows[0].querySelectorAll('[data-day]') ?? []].map(head => head.dataset.day);
  const rows = [...grid?.tBodies[0].rows ?? []];
  const cellAt = (row, place) => rows[row]?.cells[place + 1];
  const whereIs = cell => ({ row: rows.indexOf(cell.parentElement), place: cell.cellIndex - 1 });
  const isDay = cell => cell?.tagName === 'TD' && cell.cellIndex >= 1 && cell.cellIndex <= days.length && rows.includes(cell.parentElement);
  const nameOf = row => row.cells[0].firstChild.textContent.trim();
  const person = cell => nameOf(cell.parentElement);
  const day = cell => days[cell.cellIndex - 1];
  let current = null, dragged = null;

  const hold = cell => {
    if (current) current.tabIndex = -1;
    current = cell;
    cell.tabIndex = 0;
  };
  const fill = (cell, other) => {
    const fields = form.elements, shifts = [...fields.shift.options].map(option => option.value);
    fields.person.value = person(cell);
    fields.day.value = day(cell);
    fields.with_person.value = other ? person(other) : '';
    fields.with_day.value = other ? day(other) : '';
    const text = cell.textContent.trim();
    fields.shift.value = shifts.includes(text) ? text : shifts[0];
    if (other) fields.shift.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const open = cell => { hold(cell); fill(cell); form.elements.shift.focus(); };

  if (grid && form) {
    for (const row of rows) {
      for (const cell of row.cells) {
        if (isDay(cell)) { cell.tabIndex = -1; cell.draggable = cell.textContent.trim() !== '' && !cell.classList.contains('l'); }
      }
    }
    const { atPerson, atDay } = grid.dataset, place = days.indexOf(atDay);
    const here = rows.findIndex(row => nameOf(row) === atPerson);
    hold(cellAt(Math.max(here, 0), Math.max(place, 0)));
    if (here >= 0 && place >= 0) { current.focus({ preventScroll: true }); current.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }

    grid.addEventListener('click', event => { const cell = event.target.closest('td'); if (isDay(cell)) open(cell); });
    grid.addEventListener('keydown', event => {
      if (!isDay(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const { row, place } = whereIs(event.target);
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (step) {
        const next = cellAt(row + step[0], place + step[1]);
        event.preventDefault();
        if (isDay(next)) { hold(next); next.focus(); }
      } else if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(event.target); }
    });
    grid.addEventListener('dragstart', event => { dragged = event.target; event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', dragged.textContent); });
    grid.addEventListener('dragover', event => {
      const cell = event.target.closest('td');
      if (dragged && isDay(cell) && cell !== dragged) { event.preventDefault(); cell.classList.add('over'); }
    });
    grid.addEventListener('dragleave', event => event.target.classList?.remove('over'));
    grid.addEventListener('dragend', () => { dragged = null; });
    grid.addEventListener('drop', event => {
      const cell = event.target.closest('td');
      if (!dragged || !isDay(cell) || cell === dragged) return;
      event.preventDefault();
      cell.classList.remove('over');
      fill(dragged, cell);
      form.elements.why ? form.elements.why.focus() : form.querySelector('button').focus();
    });
    // Esc in the form goes back to the cell.
    form.addEventListener('keydown', event => { if (event.key === 'Escape') current?.focus(); });
  }
}
