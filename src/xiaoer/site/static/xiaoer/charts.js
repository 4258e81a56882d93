// Draws each chart of the page from the JSON block beside it; without this file the table behind the chart says the same.
{
const drawn = new Map();
const language = document.documentElement.lang;
const pot = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

// The style sheet's colours are in forms that can not be mixed: the browser turns them into red, green and blue.
const colour = (name, strength = 1) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  pot.clearRect(0, 0, 1, 1);
  pot.fillStyle = getComputedStyle(probe).color;
  pot.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue, alpha] = pot.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255 * strength})`;
};
const theme = () => ({
  text: colour('--tblr-body-color'), quiet: colour('--tblr-secondary'), rule: colour('--tblr-border-color'),
  paper: colour('--tblr-bg-surface'), accent: colour('--tblr-primary'), faint: colour('--tblr-primary', .12),
  shades: ['--tblr-primary', '--tblr-teal', '--tblr-purple', '--tblr-orange', '--tblr-azure'].map(name => colour(name)),
  font: getComputedStyle(document.body).fontFamily,
});

const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const written = kind => value => kind === 'share' ? `${+(value * 100).toFixed(1)}%`
  : kind === 'yuan' ? `¥${short.format(value)}` : short.format(value);

const marked = (marks, look, kind) => marks.length && {
  silent: true, symbol: 'none', lineStyle: { color: look.quiet, type: 'dashed', width: 1 },
  label: { color: look.text, fontFamily: look.font, formatter: at => at.data.label, position: 'insideEndTop' },
  data: marks.map(mark => ({ label: mark.label, [mark.atPlace ? 'xAxis' : 'yAxis']: mark.at })),
};
const points = (one, look) => one.values.map((value, at) => one.pale?.includes(at)
  ? { value, itemStyle: { opacity: .45, borderColor: look.quiet } } : value);

const told = (chart, at) => [chart.places[at], ...chart.series.map(one => (chart.series.length > 1 ? `${one.label} ` : '')
  + one.texts[at])].join('\n');
const tip = (look, more) => ({
  renderMode: 'richText', confine: true, backgroundColor: look.paper, borderColor: look.rule,
  textStyle: { color: look.text, fontFamily: look.font, fontSize: 13 }, ...more,
});
const base = look => ({ animation: false, textStyle: { fontFamily: look.font, color: look.text }, aria: { enabled: false } });
const axis = look => ({
  axisLine: { lineStyle: { color: look.rule } }, axisTick: { show: false }, splitLine: { lineStyle: { color: look.rule } },
  axisLabel: { color: look.quiet, fontFamily: look.font, hideOverlap: true },
});

// A band is drawn as its height on top of its low edge, which itself is not seen.
const band = (chart, one, look) => {
  const low = chart.series.find(other => other.edge);
  const values = one === low ? one.values : one.values.map((value, at) => value === null ? null : value - low.values[at]);
  return {
    name: one.label, type: 'line', data: values, stack: 'band', color: look.faint, symbol: 'none', silent: true,
    lineStyle: { opacity: 0 }, areaStyle: one === low ? undefined : { color: look.faint, opacity: 1 },
    step: chart.drawn === 'steps' && 'end',
  };
};
const named = chart => chart.series.filter(one => !one.edge || one !== chart.series.find(other => other.edge));
const called = chart => label => {
  const [low, high] = chart.series.filter(one => one.edge);
  return label === high?.label ? `${low.label} – ${label}` : label;
};
// An axis has no half people, and shares near the whole do not go beyond it.
const within = chart => ({
  minInterval: chart.drawn === 'steps' || chart.kind === 'count' ? 1 : 0,
  max: chart.kind === 'share' ? ({ max }) => max > 0.9 && max <= 1 ? 1 : undefined : undefined,
});
const upright = (chart, look) => ({
  ...base(look),
  grid: { left: 8, right: 16, top: chart.series.length > 1 ? 34 : 18, bottom: 4, containLabel: true },
  legend: { show: chart.series.length > 1, data: named(chart).map(one => one.label), formatter: called(chart), top: 0, left: 0, icon: 'roundRect', itemHeight: 8, textStyle: { color: look.text } },
  xAxis: { type: 'category', data: chart.places, boundaryGap: chart.drawn === 'columns', ...axis(look), splitLine: { show: false } },
  yAxis: { type: 'value', scale: chart.drawn === 'lines' && !chart.series.some(one => one.edge), ...within(chart), ...axis(look), axisLabel: { ...axis(look).axisLabel, formatter: written(chart.kind) } },
  tooltip: tip(look, { trigger: 'axis', formatter: at => told(chart, at[0].dataIndex) }),
  series: chart.series.map((one, place) => {
    if (one.edge) return band(chart, one, look);
    const shade = one.earlier ? look.quiet : look.shades[place % look.shades.length];
    return {
      name: one.label, type: chart.drawn === 'columns' ? 'bar' : 'line', data: points(one, look), color: shade,
      lineStyle: { width: one.earlier ? 1 : 2, type: one.earlier ? 'dashed' : 'solid' }, symbol: 'circle', symbolSize: 5,
      step: chart.drawn === 'steps' && 'end', showSymbol: chart.places.length < 40 && chart.drawn !== 'steps', barMaxWidth: 36, connectNulls: false,
      markLine: place === 0 ? marked(chart.marks, look) || undefined : undefined,
    };
  }),
});

const spark = (chart, look) => ({
  ...base(look),
  grid: { left: 3, right: 5, top: 4, bottom: 4 },
  xAxis: { type: 'category', data: chart.places, show: false, boundaryGap: false },
  yAxis: { type: 'value', show: false, scale: true },
  tooltip: tip(look, { trigger: 'axis', formatter: at => told(chart, at[0].dataIndex), axisPointer: { type: 'none' }, padding: 4 }),
  series: chart.series.map(one => ({
    type: 'line', data: points(one, look), color: one.earlier ? look.quiet : look.accent, lineStyle: { width: 1.5 },
    areaStyle: { color: look.faint }, symbol: 'circle', symbolSize: 5,
    showSymbol: true, showAllSymbol: true, ...ends(one),
  })),
});
// Only the last point that is there has a dot.
const ends = one => {
  const last = one.values.findLastIndex(value => value !== null);
  return { symbolSize: (value, at) => at.dataIndex === last ? 5 : 0 };
};

const heat = (chart, look) => {
  const cells = chart.series.flatMap((one, row) => one.values.map((value, at) => [at, row, value]));
  const values = cells.map(cell => cell[2]).filter(value => value !== null);
  return {
    ...base(look),
    grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: chart.places, ...axis(look), splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, data: chart.series.map(one => one.label), ...axis(look), splitLine: { show: false } },
    visualMap: {
      show: false, min: Math.min(...values, 0), max: Math.max(...values, 0) || 1, dimension: 2, inRange: { color: [look.paper, look.accent] },
    },
    tooltip: tip(look, { formatter: at => `${chart.series[at.data[1]].label} ${chart.places[at.data[0]]}\n${chart.series[at.data[1]].texts[at.data[0]]}` }),
    series: [{ type: 'heatmap', data: cells.filter(cell => cell[2] !== null), itemStyle: { borderColor: look.paper, borderWidth: 1 } }],
  };
};

const ways = { lines: upright, steps: upright, columns: upright, spark, heat };
// A click leads where the figure in the table behind the chart does.
const lead = (chart, box) => at => {
  const [row, cell] = chart.drawn === 'heat' ? [at.data[1], at.data[0]] : [at.dataIndex, at.seriesIndex];
  const link = box.closest('.chart')?.querySelector('table')?.tBodies[0].rows[row]?.cells[cell + 1]?.querySelector('a');
  if (link) location.assign(link.href);
};
const draw = box => {
  const chart = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  const picture = drawn.get(box) ?? echarts.init(box, null, { renderer: 'canvas' });
  if (!drawn.has(box)) {
    drawn.set(box, picture);
    sizes.observe(box);
    picture.on('click', lead(chart, box));
    if (chart.series.some(one => one.leads)) picture.getZr().on('mousemove', at => { box.style.cursor = at.target ? 'pointer' : ''; });
  }
  picture.setOption(ways[chart.drawn](chart, theme()), true);
};
const sizes = new ResizeObserver(seen => seen.forEach(one => drawn.get(one.target)?.resize()));
const all = () => {
  for (const [box, picture] of drawn) if (!box.isConnected) { sizes.unobserve(box); picture.dispose(); drawn.delete(box); }
  document.querySelectorAll('[data-chart]').forEach(draw);
};
new MutationObserver(all).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
document.addEventListener('htmx:after:swap', all);
all();
}
