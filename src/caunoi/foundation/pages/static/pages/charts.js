// Draws the charts of the page from the JSON beside them; colours come from the theme, numbers are printed as the reader's language does.
const COLOURS = { light: ["#0b6166", "#c77700", "#3b6fb6", "#7a4e9e", "#4f8a3c", "#a14a5b"], dark: ["#4fb7bc", "#f0b458", "#82aef0", "#c19be0", "#93cf7f", "#e58fa0"] };
const NARROW = 520;
const LINE = 17;

function theme() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"), soft: of("--ink-soft"), line: of("--line"), surface: of("--surface"),
    tones: { done: of("--done"), soon: of("--soon"), late: of("--late"), info: of("--info"), neutral: of("--neutral") },
    colours: COLOURS[document.documentElement.dataset.bsTheme] ?? COLOURS.light,
  };
}

function printer(data) {
  const numbers = new Intl.NumberFormat(data.language.startsWith("en") ? "en-GB" : "vi-VN", { maximumFractionDigits: 2 });
  return (value) => (value === null || value === undefined ? "\u2013" : `${numbers.format(value)}${data.unit ? ` ${data.unit}` : ""}`);
}

function tooltip(look, trigger) {
  // Drawn on the canvas: a tooltip of markup would need inline styles, which the content policy refuses.
  return { trigger, renderMode: "richText", confine: true, backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.ink, fontFamily: "Be Vietnam Pro" } };
}

function shares(data, look, print) {
  return {
    color: look.colours,
    tooltip: { ...tooltip(look, "item"), formatter: (point) => `${point.name}: ${print(point.value)} (${String(point.percent).replace(".", data.language.startsWith("en") ? "." : ",")}%)` },
    legend: { type: "scroll", bottom: 0, textStyle: { color: look.ink } },
    series: [{ type: "pie", radius: ["48%", "72%"], center: ["50%", "44%"], itemStyle: { borderColor: look.surface, borderWidth: 2 }, label: { color: look.ink, formatter: (point) => print(point.value) }, data: data.categories.map((name, at) => ({ name, value: data.series[0].values[at] })) }],
  };
}

// Lines that the legend takes below the axis, measured as it is printed; one longer than the chart is cut off.
const KEY = { sign: 25, gap: 12, line: 26, size: 13 };
function linesOfLegend(labels, room) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${KEY.size}px "Be Vietnam Pro"`;
  let lines = 1, used = 0;
  for (const label of labels) {
    const wide = Math.min(KEY.sign + 5 + pen.measureText(label).width, room - 10);
    if (used && used + wide > room - 10) { lines += 1; used = 0; }
    used += wide + KEY.gap;
  }
  return lines;
}

function nameRoom(room) { return room < NARROW ? Math.min(150, room * 0.4) : Math.min(300, room * 0.34); }

// Long names beside lying bars need their lines, which may take more height than the page gave.
function heightOf(data, room) {
  const lines = data.categories.map((name) => Math.ceil((String(name).length * 7.2) / nameRoom(room)) + (room < NARROW ? 1 : 0.3));
  return data.categories.length * Math.max(...lines) * LINE + 90;
}

// Names that do not fit under their bars stand beside them.
function crowded(data, room) {
  return room < NARROW && data.kind === "bars" && data.categories.reduce((sum, name) => sum + String(name).length * 7.2, 0) > room;
}

function axes(data, look, print, room, height) {
  const names = { type: "category", data: data.categories, inverse: data.lying, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.soft, interval: 0, hideOverlap: !data.lying, width: data.lying ? nameRoom(room) : undefined, overflow: data.lying ? "break" : "none", lineHeight: LINE } };
  const values = { type: "value", splitLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.soft, hideOverlap: true, formatter: (value) => print(value).replace(` ${data.unit}`, "") }, minInterval: 1, splitNumber: data.lying && room < NARROW ? 2 : 5 };
  const lines = linesOfLegend(data.series.map((one) => one.label), room);
  const fits = lines * KEY.line < height / 3;
  const legend = data.series.length > 1 ? (fits ? lines : 1) * KEY.line + 10 : 8;
  const series = data.series.map((one) => ({
    name: one.label, type: data.kind === "lines" ? "line" : "bar", data: one.values, stack: data.kind === "stacked" ? "all" : undefined,
    connectNulls: false, symbolSize: 7, barMaxWidth: 34, lineStyle: { width: 2.5 },
    itemStyle: one.tone ? { color: look.tones[one.tone] } : {},
    label: { show: data.series.length === 1 && data.categories.length <= 14, position: data.lying ? "right" : "top", color: look.ink, formatter: (point) => print(point.value).replace(` ${data.unit}`, "") },
  }));
  return {
    color: look.colours,
    tooltip: { ...tooltip(look, "axis"), formatter: (points) => [points[0].name, ...points.map((point) => `${point.seriesName}: ${print(point.value)}`)].join("\n") },
    legend: { show: data.series.length > 1, type: fits ? "plain" : "scroll", bottom: 0, itemWidth: KEY.sign, itemGap: KEY.gap, pageIconColor: look.ink, pageTextStyle: { color: look.ink }, textStyle: { color: look.ink, fontSize: KEY.size, width: Math.max(60, room - KEY.sign - 20), overflow: "truncate" } },
    grid: { left: 8, right: data.lying ? 48 : 12, top: 26, bottom: legend, containLabel: true },
    xAxis: data.lying ? values : names, yAxis: data.lying ? names : values, series,
  };
}

function show(chart, data, place, animation) {
  const look = theme();
  const option = data.kind === "shares" ? shares(data, look, printer(data)) : axes(data, look, printer(data), place.clientWidth, place.clientHeight);
  chart.setOption({ textStyle: { fontFamily: "Be Vietnam Pro", fontSize: 13 }, animation, animationDuration: 250, ...option }, true);
}

function draw(library, block) {
  const data = JSON.parse(block.querySelector('script[type="application/json"]').textContent);
  const place = block.querySelector("[data-chart-canvas]");
  if (crowded(data, place.clientWidth)) { data.lying = true; }
  const old = library.getInstanceByDom(place);
  if (data.lying) { place.style.height = `${Math.max(place.clientHeight, heightOf(data, place.clientWidth))}px`; }
  const chart = old ?? library.init(place, null, { renderer: "canvas" });
  show(chart, data, place, !old && !window.matchMedia("(prefers-reduced-motion: reduce)").matches);
  if (old) { return; }
  offerPicture(block.querySelector("[data-chart-save]"), chart, data);
  let room = place.clientWidth;
  new ResizeObserver(() => {
    chart.resize();
    if (place.clientWidth !== room) { room = place.clientWidth; show(chart, data, place, false); }
  }).observe(place);
  chart.on("click", (point) => { if (data.urls[point.dataIndex]) { location.assign(data.urls[point.dataIndex]); } });
}

// The picture has the ground of the page, on which its colours were chosen.
function offerPicture(button, chart, data) {
  if (!button) { return; }
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: theme().surface });
    link.download = `${data.title}.png`;
    link.click();
  });
}

function load(address) {
  return new Promise((resolve, reject) => {
    if (window.echarts) { resolve(window.echarts); return; }
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function drawAll() {
  const blocks = [...document.querySelectorAll("[data-chart]")];
  if (!blocks.length) { return; }
  const [library] = await Promise.all([load(blocks[0].dataset.library), document.fonts.ready]);
  blocks.forEach((block) => draw(library, block));
  document.documentElement.dataset.chartsDrawn = "";
}

drawAll();
document.addEventListener("pages:theme", drawAll);
document.addEventListener("htmx:afterSettle", drawAll);
