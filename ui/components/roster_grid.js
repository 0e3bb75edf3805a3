// The roster grid. Edits are kept in a log until the server has acknowledged them by their number, so that none
// is lost when many come in quick succession; the cells show them at once.

const GRIDS = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  if (!GRIDS.has(parentElement)) GRIDS.set(parentElement, newGrid(parentElement));
  const grid = GRIDS.get(parentElement);
  grid.send = () => setStateValue("ops", grid.pending);
  show(grid, data);
}

function newGrid(parentElement) {
  const root = parentElement.querySelector(".grid");
  const grid = { root, pending: [], seq: 0, shape: "", menu: null, dragged: null };
  grid.scroller = made("div", "scroller");
  grid.foot = made("div", "foot");
  root.replaceChildren(grid.scroller, grid.foot);
  listen(grid);
  return grid;
}

function show(grid, data) {
  grid.data = data;
  grid.pending = grid.pending.filter((sent) => sent.seq > data.ack);
  grid.seq = Math.max(grid.seq, data.ack);
  const shape = JSON.stringify([data.days.map((day) => day.date), data.groups.map((g) => g.people), data.labels]);
  if (shape !== grid.shape) {
    grid.shape = shape;
    drawTable(grid);
  } else {
    data.groups.forEach((group) => group.people.forEach((p) => (grid.people.get(p.id).person = p)));
  }
  refresh(grid);
}

function refresh(grid) {
  paint(grid);
  showFoot(grid);
  const { dataset } = grid.root;
  dataset.ack = grid.data.ack;
  dataset.pending = grid.pending.length;
}

function showFoot(grid) {
  const { labels, options, groups } = grid.data;
  const waiting = grid.pending.length;
  const state = made("span", waiting ? "saving" : "saved", waiting ? `${labels.saving} ${waiting}` : labels.saved);
  state.setAttribute("role", "status");
  const used = new Set(Object.values(grid.data.cells).flatMap((days) => days.flatMap((cell) => cell.d)));
  const shifts = new Map([...used].sort((a, b) => a - b).map((number) => [options[number].code, options[number]]));
  const legend = [...shifts.values()].map((option) => legendEntry(chipOf(option.code, option.colour), option.name));
  const marks = [
    legendEntry(withChild("span", "chip", made("i", "onsite")), labels.onsite),
    legendEntry(withChild("span", "chip", made("b", "helps", "→")), labels.helps),
    legendEntry(made("span", "key locked"), labels.locked),
    legendEntry(made("span", "key broken"), labels.broken),
  ];
  const lines = [made("div", "state"), made("div", "legend")];
  lines[0].append(state, made("span", "hint", labels.hint));
  lines[1].append(...marks, ...legend);
  grid.foot.replaceChildren(...lines);
}

function chipOf(code, colour) {
  const chip = made("span", "chip", code);
  chip.style.backgroundColor = colour;
  return chip;
}

function withChild(tag, className, child) {
  const node = made(tag, className);
  node.append(child);
  return node;
}

function legendEntry(key, words) {
  const entry = made("span", "entry");
  entry.append(key, made("span", "", words));
  return entry;
}

// Logs an edit of a cell, shows it, sends all that is not acknowledged.
function edit(grid, td, fields) {
  grid.seq += 1;
  const where = td ? { staff_id: td.dataset.who, date: grid.data.days[td.dataset.k].date } : {};
  grid.pending = [...grid.pending, { seq: grid.seq, ...where, ...fields }];
  refresh(grid);
  grid.send();
}

function toggleLock(grid, td) {
  const cell = grid.at(td.dataset.who, Number(td.dataset.k));
  edit(grid, td, { kind: cell.l ? "unlock" : "lock" });
}

function listen(grid) {
  const { scroller } = grid;
  const cellOf = (event) => event.target.closest?.("td.cell");
  const on = (name, act) =>
    scroller.addEventListener(name, (event) => {
      const td = cellOf(event);
      if (td) act(td, event);
    });
  on("click", (td, event) => {
    if (event.shiftKey) toggleLock(grid, td);
    else if (event.altKey || event.ctrlKey) cycle(grid, td);
    else openMenu(grid, td);
  });
  on("contextmenu", (td, event) => {
    event.preventDefault();
    toggleLock(grid, td);
  });
  on("dragstart", (td, event) => {
    grid.dragged = td;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", td.dataset.who);
    closeMenu(grid);
  });
  on("dragover", (td, event) => {
    if (grid.dragged && grid.dragged !== td) event.preventDefault();
    for (const old of scroller.querySelectorAll(".target")) if (old !== td) old.classList.remove("target");
    if (grid.dragged && grid.dragged !== td) td.classList.add("target");
  });
  on("drop", (td, event) => {
    event.preventDefault();
    const source = grid.dragged;
    const { who, k } = td.dataset;
    if (source && source !== td) {
      edit(grid, source, { kind: "swap", other_staff_id: who, other_date: grid.data.days[k].date });
    }
  });
  scroller.addEventListener("dragend", () => {
    grid.dragged = null;
    for (const old of scroller.querySelectorAll(".target")) old.classList.remove("target");
  });
  on("keydown", (td, event) => pressed(grid, td, event));
  scroller.addEventListener("focusin", (event) => {
    const td = cellOf(event);
    for (const old of scroller.querySelectorAll("td.cell[tabindex='0']")) old.tabIndex = -1;
    if (td) td.tabIndex = 0;
  });
}

function cycle(grid, td) {
  const cell = grid.at(td.dataset.who, Number(td.dataset.k));
  const next = cell.l ? null : nextOption(grid.data, cell);
  if (next) edit(grid, td, next);
}

function pressed(grid, td, event) {
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  if (moves[event.key]) move(grid, td, ...moves[event.key]);
  else if (event.key === "Enter" || event.key === " ") openMenu(grid, td);
  else if (event.key === "Delete" || event.key === "Backspace") edit(grid, td, { kind: "clear", option: "" });
  else if (event.key.toLowerCase() === "l") toggleLock(grid, td);
  else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) edit(grid, null, { kind: "undo" });
  else return;
  event.preventDefault();
}

function move(grid, td, down, right) {
  const people = [...grid.people.keys()];
  const who = people[people.indexOf(td.dataset.who) + down];
  grid.cells.get(`${who}|${Number(td.dataset.k) + right}`)?.td.focus();
}
