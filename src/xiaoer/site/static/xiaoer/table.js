// A click on a column's head sorts by it; figures that are not there stay last.
const read = cell => {
  const value = cell.dataset.value ?? '';
  return value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
};
for (const table of document.querySelectorAll('table[data-sorts]')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => head.querySelector('button').addEventListener('click', () => {
    const down = head.classList.contains('number') ? head.ariaSort !== 'descending' : head.ariaSort === 'ascending';
    heads.forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = table.tBodies[0], rows = [...body.rows];
    rows.sort((one, other) => {
      const a = read(one.cells[place]), b = read(other.cells[place]);
      if (a === '' || b === '') return (a === '') - (b === '');
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh');
      return down ? -order : order;
    });
    body.append(...rows);
  }));
}
