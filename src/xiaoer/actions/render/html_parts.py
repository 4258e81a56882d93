"""The style and the script of an HTML page; both go into the file itself."""

STYLE = """
:root{--ink:#1f2328;--soft:#59636e;--line:#d8dee4;--hair:#eaeef2;--paper:#fff;--head:#f6f8fa;--hover:#f3f6fa;
--accent:#0a5cc4;--red:#c2201c;--blue:#0072b2;--orange:#c04f00;
--amber:#8a5300;--shade:rgba(31,35,40,.22);--text:calc(100vw - 24px)}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#98a2ad;--line:#3a424c;--hair:#262d35;--paper:#14181d;
--head:#1c2229;--hover:#20272f;--accent:#6cb0ff;--red:#ff7b72;--blue:#56b4e9;--orange:#e69f00;
--amber:#e3b341;--shade:rgba(0,0,0,.7)}}
*{box-sizing:border-box}
html{background:var(--paper)}
body{margin:0;width:max-content;min-width:100%;background:var(--paper);color:var(--ink);
font:14px/1.5 "PingFang SC","Microsoft YaHei","Noto Sans SC",
"Noto Sans CJK SC",system-ui,sans-serif}
header,.notes,.about,nav,.head{position:sticky;left:0;max-width:var(--text)}
header{padding:20px 24px 12px}
nav{padding:4px 24px 8px;display:flex;flex-wrap:wrap;gap:2px 18px}
nav a{color:var(--accent);text-decoration:none;padding:3px 0}
nav a:hover{text-decoration:underline}
.head{padding:28px 0 10px}
.head h2{margin-right:14px}
.head p{margin:0;color:var(--soft)}
section{scroll-margin-top:4px}
h1{margin:0 14px 0 0;font-size:20px;line-height:1.4;font-weight:600}
.title{display:flex;flex-wrap:wrap;align-items:baseline;margin-bottom:2px}
.title span{color:var(--soft);margin-right:14px;white-space:nowrap}
header p{margin:0;color:var(--soft);white-space:pre-line}
main{padding:0 24px}
.wide{position:relative;border:1px solid var(--line);width:max-content;min-width:min(100%,calc(100vw - 64px))}
.paper{display:none}
main .notes,main .charts{padding-left:0;padding-right:0}
.edge{position:absolute;inset:0;z-index:4;display:flex;justify-content:flex-end;pointer-events:none}
.edge span{position:sticky;right:0;width:22px;background:linear-gradient(to left,var(--shade),transparent)}
.wide.at-end .edge span{opacity:0}
table{border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums;min-width:100%}
th,td{padding:0 10px;height:36px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--hair);
background:var(--paper);font-weight:400}
.left{text-align:left}
thead th{position:sticky;top:0;z-index:2;background:var(--head);border-bottom:1px solid var(--line);height:48px;
padding:0}
thead button{all:unset;box-sizing:border-box;cursor:pointer;padding:6px 10px;width:100%;min-width:5.6em;
text-wrap:balance;
white-space:normal;font-weight:600;line-height:1.3}
thead th.fixed button{min-width:0}
thead button:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
thead small{display:block;font-weight:400;font-size:12px;color:var(--soft)}
thead button::after{content:"";color:var(--accent)}
th[aria-sort=ascending] button::after{content:" ↑"}
th[aria-sort=descending] button::after{content:" ↓"}
th[aria-sort] small+*{display:none}
th.fixed:first-child{position:sticky;left:0;z-index:1;border-right:1px solid var(--line)}
thead th.fixed:first-child{z-index:3}
tbody tr:hover>*{background:var(--hover)}
tbody tr:last-child>*{border-bottom:0}
tfoot th,tfoot td{background:var(--head);font-weight:600;border-top:1px solid var(--line);border-bottom:0}
.immature{color:var(--soft);font-style:italic}
.missed{color:var(--red)}
.beside{color:var(--soft)}
.worse{color:var(--amber)}
td i{font-style:normal;font-size:10px;margin-left:3px;vertical-align:1px}
.notes{margin:12px 0 0;padding:0 24px;list-style:none;color:var(--soft)}
.notes li{white-space:pre-line}
.about{padding:20px 24px 32px}
h2{margin:0;font-size:16px;font-weight:600}
dl{display:grid;grid-template-columns:fit-content(30ch) minmax(0,90ch);gap:6px 20px;margin:10px 0}
dt{overflow-wrap:anywhere}
dd{margin:0;color:var(--soft);white-space:pre-line}
@media (max-width:600px){header{padding:14px 12px 10px}
h1{font-size:17px}.title div{line-height:1.6}
main{padding:0}.wide{border-left:0;border-right:0;min-width:100vw}
.notes,main .notes,.head,main .charts{padding-left:12px;padding-right:12px}nav{padding:0 12px 6px}
.about{padding:16px 12px 32px}
th,td{padding:0 9px}thead button{padding:6px 9px}
th.fixed:first-child{max-width:112px;overflow:hidden;text-overflow:ellipsis}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{@page{size:A4 landscape;margin:10mm}:root{--ink:#000;--soft:#444;--line:#999;--hair:#ddd;--paper:#fff;
--head:#f2f2f2;--red:#b00;--amber:#6b4000}body{font-size:9px;width:auto}
header,.notes,.about,.head{position:static;max-width:none;padding:0 0 6px}main{padding:0}.edge,nav,.screen{display:none}
.wide{border:0;width:auto;min-width:0}.paper{display:block;margin-bottom:8px}.paper table{min-width:0}
section+section{break-before:page}
.about{break-before:page}h2{font-size:11px}
th,td,thead button{padding:0 4px;height:20px}thead th{height:30px}
td i{font-size:6px;margin-left:1px}thead small{font-size:7px}thead button{display:contents}
thead th{white-space:normal;font-weight:600;line-height:1.3}tfoot{display:table-row-group}.paper{break-inside:avoid}
thead th,th.fixed:first-child{position:static}tr{break-inside:avoid}}
"""

SCRIPT = """
const read = cell => { const text = cell.dataset.value; return text !== '' && !isNaN(text) ? Number(text) : text; };
document.querySelectorAll('.wide table').forEach(table => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => head.firstChild.addEventListener('click', () => {
    const down = head.classList.contains('left') ? head.ariaSort === 'ascending' : head.ariaSort !== 'descending';
    heads.forEach(other => other.setAttribute('aria-sort', 'none'));
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
});
const wides = document.querySelectorAll('.wide'), page = document.documentElement;
const look = () => wides.forEach(wide =>
  wide.classList.toggle('at-end', wide.getBoundingClientRect().right <= page.clientWidth + 26));
addEventListener('scroll', look, {passive: true});
addEventListener('resize', look);
look();
"""
