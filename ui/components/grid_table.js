// Draws the table once for each set of people and days, and later only the cells that differ.

function made(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function drawTable(grid) {
  const { data } = grid;
  const table = made("table", "roster");
  table.setAttribute("role", "grid");
  table.append(headOf(data, grid), bodyOf(data, grid));
  grid.scroller.replaceChildren(table);
  grid.root.style.setProperty("--days", data.days.length);
  grid.root.classList.toggle("dense", data.days.length > 10);
}

function headOf(data, grid) {
  const head = made("thead");
  const row = made("tr");
  row.append(made("th", "corner", data.labels.people));
  grid.heads = data.days.map((day) => {
    const th = made("th", `day ${day.kind} ${day.monday ? "monday" : ""}`);
    th.append(made("span", "number", day.number), made("span", "weekday", day.weekday));
    if (day.name) th.append(made("span", "name", day.name));
    row.append(th);
    return th;
  });
  head.append(row);
  return head;
}

function bodyOf(data, grid) {
  const body = made("tbody");
  grid.cells = new Map();
  grid.people = new Map();
  grid.bands = data.groups.map((group) => {
    const band = made("tr", "band");
    band.append(made("th", "", group.name));
    const cells = data.days.map((day) => made("td", `${day.kind} ${day.monday ? "monday" : ""}`));
    band.append(...cells);
    body.append(band);
    for (const person of group.people) body.append(personRow(data, person, grid));
    return cells;
  });
  return body;
}

function personRow(data, person, grid) {
  const row = made("tr");
  const who = made("th", "who");
  who.append(made("span", "name", person.name), made("span", "role", person.role));
  who.title = `${person.id} ${person.name} ${person.role}`;
  row.append(who);
  grid.people.set(person.id, { person, who });
  data.days.forEach((day, k) => {
    const td = made("td", `cell ${day.kind} ${day.monday ? "monday" : ""}`);
    td.dataset.who = person.id;
    td.dataset.k = k;
    td.tabIndex = -1;
    td.setAttribute("role", "gridcell");
    grid.cells.set(person.id + "|" + k, { td, drawn: "" });
    row.append(td);
  });
  return row;
}

function paint(grid) {
  const { data } = grid;
  const at = cellsAfter(data, grid.pending);
  grid.at = at;
  for (const [place, entry] of grid.cells) {
    const { who, k } = entry.td.dataset;
    const cell = at(who, Number(k));
    const drawn = JSON.stringify(cell);
    if (drawn === entry.drawn) continue;
    entry.drawn = drawn;
    paintCell(grid, entry.td, cell, grid.people.get(who).person, data.days[k]);
  }
  data.groups.forEach((group, g) =>
    group.present.forEach((count, k) => {
      const td = grid.bands[g][k];
      td.textContent = count || "";
      mark(td, group.m[k]);
    }),
  );
  data.days.forEach((day, k) => mark(grid.heads[k], day.m));
  for (const group of data.groups) for (const person of group.people) mark(grid.people.get(person.id).who, person.m);
}

function paintCell(grid, td, cell, person, day) {
  const { options, labels } = grid.data;
  const held = cell.d.map((number) => options[number]);
  const chips = held.map((option) => {
    const chip = made("span", `chip ${option.slot}`, option.code);
    chip.style.backgroundColor = option.colour;
    if (option.onsite) chip.append(made("i", "onsite"));
    if (option.serves !== person.home) chip.append(made("b", "helps", "→"));
    return chip;
  });
  chips.push(...cell.v.map((letter) => made("span", "chip leave", letter)));
  td.replaceChildren(...chips);
  td.classList.toggle("several", chips.length > 1);
  td.classList.toggle("locked", Boolean(cell.l));
  td.draggable = held.length > 0 && !cell.l;
  const said = held.map((option) => `${option.code} ${option.name} ${option.hours} ${option.where}`);
  const facts = [`${person.name} ${day.number}`, ...said, ...(cell.l ? [labels.locked] : [])];
  td.setAttribute("aria-label", [...facts, ...cell.m].join("; "));
  mark(td, cell.m, said);
}

function mark(node, breaches, said = []) {
  node.classList.toggle("broken", breaches.length > 0);
  if (!node.classList.contains("who")) node.title = [...said, ...breaches].join("\n");
}
