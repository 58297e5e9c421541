/** Icons with the shape of their meaning: colour is never the only sign. All on a grid of 16. */
const paths = {
  good: "M3 8.5 6.5 12 13 4.5",
  info: "M8 7.5V12M8 4v.5",
  warning: "M8 4v5M8 11.5v.5",
  bad: "M4 4 12 12M12 4 4 12",
  metric: "M2 12 6 7l3 3 5-7",
  alarm: "M8 2a4 4 0 0 0-4 4v3l-1.5 3h11L12 9V6a4 4 0 0 0-4-4ZM6.5 14h3",
  scaling: "M2 8h12M10 4l4 4-4 4",
  boot: "M8 2v6M4.5 4.5a5 5 0 1 0 7 0",
  health: "M2 8h3l2-4 2 8 2-4h3",
  database: "M3 4c0-2.5 10-2.5 10 0s-10 2.5-10 0v8c0 2.5 10 2.5 10 0V4M3 8c0 2.5 10 2.5 10 0",
  refresh: "M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3",
  size: "M3 13V9M8 13V3M13 13V6",
  region: "M2 4h12v8H2zM5 7l2 1.5L5 10M8.5 10H11",
  lock: "M4 7h8v7H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  mail: "M2 4h12v8H2zM2 4l6 5 6-5",
} as const;

export type Icon = keyof typeof paths;

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", paths[name]);
  svg.append(shape);
  return svg;
}

/** Shows another icon in an element that has one. */
export function setIcon(svg: SVGSVGElement, name: Icon): void {
  const shape = svg.firstElementChild;
  if (shape?.getAttribute("d") !== paths[name]) shape?.setAttribute("d", paths[name]);
}
