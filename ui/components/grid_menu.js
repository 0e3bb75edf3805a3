// The small menu of a cell: what is wrong there, the person's options that day, a free day, the lock.

function openMenu(grid, td) {
  closeMenu(grid);
  const { data } = grid;
  const { who, k } = td.dataset;
  const cell = grid.at(who, Number(k));
  const { person } = grid.people.get(who);
  const menu = made("div", "menu");
  menu.setAttribute("role", "menu");
  const day = data.days[k];
  menu.append(made("div", "title", `${person.name}  ${day.number} ${day.weekday}`));
  for (const line of cell.m) menu.append(made("div", "breach", line));
  menu.append(...choices(grid, td, cell, person), lockChoice(grid, td, cell));
  grid.root.append(menu);
  place(grid, menu, td);
  grid.menu = menu;
  grid.opener = td;
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) closeMenu(grid);
  });
  menu.addEventListener("keydown", (event) => steer(grid, menu, event));
  (menu.querySelector("button[aria-checked=true]") ?? menu.querySelector("button"))?.focus();
}

function choices(grid, td, cell, person) {
  const { options, offers, labels } = grid.data;
  if (cell.l) return [made("div", "note", labels.locked_first)];
  const nodes = [];
  const numbers = [...offers[cell.o]].sort((a, b) => foreign(options[a], person) - foreign(options[b], person));
  let team = person.home;
  for (const number of numbers) {
    const option = options[number];
    if (option.serves !== team) nodes.push(made("div", "team", option.team));
    team = option.serves;
    nodes.push(optionChoice(grid, td, option, cell.d.includes(number)));
  }
  if (!numbers.length) nodes.push(made("div", "note", labels.no_options));
  if (cell.d.length) nodes.push(choice(grid, labels.free, () => edit(grid, td, { kind: "clear", option: "" }), "free"));
  return nodes;
}

function foreign(option, person) {
  return option.serves === person.home ? 0 : 1;
}

function optionChoice(grid, td, option, held) {
  const kind = held ? "clear" : "set";
  const button = choice(grid, "", () => edit(grid, td, { kind, option: option.key }), "option");
  button.setAttribute("role", "menuitemradio");
  button.setAttribute("aria-checked", held);
  button.dataset.option = option.key;
  const chip = made("span", "chip", option.code);
  chip.style.backgroundColor = option.colour;
  if (option.onsite) chip.append(made("i", "onsite"));
  button.append(chip, made("span", "what", option.name), made("span", "where", `${option.hours} ${option.where}`));
  return button;
}

function lockChoice(grid, td, cell) {
  const kind = cell.l ? "unlock" : "lock";
  const label = !cell.l && !cell.d.length ? "lock_free" : kind;
  return choice(grid, grid.data.labels[label], () => edit(grid, td, { kind }), kind);
}

function choice(grid, label, act, className) {
  const button = made("button", className, label);
  button.type = "button";
  button.setAttribute("role", "menuitem");
  button.addEventListener("click", () => {
    const { opener } = grid;
    closeMenu(grid);
    act();
    opener.focus({ preventScroll: true });
  });
  return button;
}

function closeMenu(grid) {
  const { menu } = grid;
  grid.menu = null;
  menu?.remove();
}

function steer(grid, menu, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = [...menu.querySelectorAll("button:not(:disabled)")];
  if (step) {
    const now = buttons.findIndex((button) => button.matches(":focus"));
    buttons[(now + step + buttons.length) % buttons.length].focus();
  } else if (event.key === "Escape") {
    const { opener } = grid;
    closeMenu(grid);
    opener.focus({ preventScroll: true });
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

// Below the cell, or above it or beside it where there is no room in the grid.
function place(grid, menu, td) {
  const root = grid.root.getBoundingClientRect();
  const cell = td.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = cell.bottom - root.top;
  const view = document.documentElement.clientHeight;
  const fits = cell.bottom + height <= view - 4 || cell.top - height < 4;
  menu.style.top = `${fits ? below : cell.top - root.top - height}px`;
  menu.style.left = `${Math.max(0, Math.min(cell.left - root.left, root.width - width))}px`;
}
