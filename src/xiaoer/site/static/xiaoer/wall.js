// The wall counts on between two looks, says when the site is gone, and sounds or flashes where the reader asked for it.
const board = document.getElementById('board'), lost = document.getElementById('lost'), clock = document.getElementById('clock');
const chinese = document.documentElement.lang.startsWith('zh');
const kept = name => { try { return localStorage.getItem(`wall-${name}`) === 'on'; } catch { return false; } };
const keep = (name, on) => { try { localStorage.setItem(`wall-${name}`, on ? 'on' : 'off'); } catch { /* asked again next time */ } };
let known = new Set(), ahead = 0, sound = null;

const pad = number => String(number).padStart(2, '0');
const words = seconds => {
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60, rest = seconds % 60;
  if (seconds < 60) return chinese ? `${rest} 秒` : `${rest} s`;
  if (!hours) return chinese ? `${minutes} 分 ${pad(rest)} 秒` : `${minutes} min ${pad(rest)} s`;
  return chinese ? `${hours} 小时 ${pad(minutes)} 分 ${pad(rest)} 秒` : `${hours} h ${pad(minutes)} min ${pad(rest)} s`;
};
const tick = () => {
  const now = new Date();
  clock.textContent = `${pad(now.getHours())}:${pad(now.getMinutes())}:${pad(now.getSeconds())}`;
  for (const one of board.querySelectorAll('[data-since]')) {
    one.textContent = words(Math.max(0, Math.floor((now.getTime() + ahead - Number(one.dataset.since)) / 1000)));
  }
};
const beep = () => {
  if (!sound || sound.state !== 'running') return;
  const tone = sound.createOscillator(), loud = sound.createGain();
  tone.frequency.value = 660;
  loud.gain.setValueAtTime(0.2, sound.currentTime);
  loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.6);
  tone.connect(loud).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.6);
};
const flash = () => {
  document.body.classList.add('flashing');
  setTimeout(() => document.body.classList.remove('flashing'), 3000);
};
const looked = first => {
  const seen = board.querySelector('[data-at]');
  if (!seen) return;
  ahead = Number(seen.dataset.at) - Date.now();
  const now = new Set(JSON.parse(seen.dataset.alarms));
  const fresh = [...now].some(one => !known.has(one));
  known = now;
  const answer = seen.querySelector('.answer');
  document.title = `${answer.textContent} · ${document.title.split(' · ').at(-1)}`;
  if (fresh && !first) {
    if (kept('sound')) beep();
    if (kept('flash')) flash();
  }
  tick();
};
for (const button of document.querySelectorAll('[data-turns]')) {
  const name = button.dataset.turns;
  // A browser lets a page sound only after a touch, so sound is asked for anew at each visit.
  const show = on => button.setAttribute('aria-pressed', String(on));
  if (name === 'sound') keep(name, false);
  show(kept(name));
  button.dataset.ready = '';
  button.addEventListener('click', () => {
    const on = !kept(name);
    keep(name, on);
    show(on);
    if (!on) return;
    if (name === 'sound') { sound ??= new AudioContext(); sound.resume().then(beep); } else flash();
  });
}
document.addEventListener('htmx:before:swap', event => {
  const answer = event.detail.ctx.response.raw;
  lost.hidden = answer.ok;
  if (answer.ok && !answer.url.includes('/sign-in/')) return;
  event.preventDefault();
  if (answer.ok) location.reload();
});
document.addEventListener('htmx:error', () => { lost.hidden = false; });
document.addEventListener('htmx:after:swap', () => looked(false));
looked(true);
setInterval(tick, 1000);
