// Files dropped or chosen are sent with progress; without this script the form does the same, only silently.
const form = document.querySelector('form.upload');
const drop = form.querySelector('[data-drop]');
const chosen = form.querySelector('[data-chosen]');
const sending = form.querySelector('[data-sending]');
const cancel = form.querySelector('[data-cancel]');
const inputs = [...form.querySelectorAll('input[type=file]')];
const noise = name => /^(\.|~\$)/.test(name) || name === 'Thumbs.db' || name === 'desktop.ini';
const files = () => inputs.flatMap(input => [...input.files]).filter(file => !noise(file.name));
const size = list => list.reduce((sum, file) => sum + file.size, 0);

const problem = list => list.length > Number(form.dataset.mostFiles) ? chosen.dataset.many
  : size(list) > Number(form.dataset.mostBytes) ? chosen.dataset.big : '';
const tell = () => {
  const list = files(), wrong = problem(list);
  const names = list.slice(0, 5).map(file => file.name).join(' · ') + (list.length > 5 ? ' …' : '');
  chosen.textContent = wrong || (list.length
    ? `${list.length} ${chosen.dataset.some} ${names} (${(size(list) / 1e6).toFixed(1)} MB)` : chosen.dataset.none);
  chosen.classList.toggle('missed', wrong !== '');
};
inputs.forEach(input => input.addEventListener('change', tell));
tell();

const opened = entry => new Promise(done => entry.file(done, () => done(null)));
const listed = reader => new Promise(done => reader.readEntries(done, () => done([])));
const walked = async entry => {
  if (entry.isFile) return [await opened(entry)];
  const reader = entry.createReader(), found = [];
  for (let more = await listed(reader); more.length; more = await listed(reader)) {
    for (const inner of more) found.push(...await walked(inner));
  }
  return found;
};
for (const event of ['dragenter', 'dragover']) {
  drop.addEventListener(event, over => { over.preventDefault(); drop.classList.add('over'); });
}
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', async dropped => {
  dropped.preventDefault();
  drop.classList.remove('over');
  const entries = [...dropped.dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean);
  const list = (await Promise.all(entries.map(walked))).flat().filter(Boolean);
  const kept = new DataTransfer();
  for (const file of list) kept.items.add(file);
  inputs[0].files = kept.files;
  tell();
});

const say = text => {
  const box = document.createElement('div');
  box.className = 'alert alert-danger';
  box.setAttribute('role', 'alert');
  box.textContent = text;
  document.getElementById('problems').replaceChildren(box);
};
form.addEventListener('submit', event => {
  event.preventDefault();
  const list = files(), wrong = problem(list);
  if (wrong) return say(wrong);
  const data = new FormData(form);
  data.delete('files');
  for (const file of list) data.append('files', file);
  const request = new XMLHttpRequest();
  const over = () => { sending.hidden = cancel.hidden = true; };
  request.upload.addEventListener('progress', at => {
    if (at.lengthComputable) sending.querySelector('progress').value = at.loaded * 100 / at.total;
  });
  request.addEventListener('load', () => {
    over();
    if (request.status === 200) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    say(page.querySelector('[role=alert], .said, .invalid-feedback')?.textContent ?? String(request.status));
  });
  request.addEventListener('error', () => { over(); form.submit(); });
  request.addEventListener('abort', over);
  cancel.onclick = () => request.abort();
  sending.hidden = cancel.hidden = false;
  request.open('POST', form.action);
  request.send(data);
});
