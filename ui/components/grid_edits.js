// What unacknowledged edits do to the cells the server sent: the same reading of an edit as planning/draft.py,
// without its refusals. The server's answer always wins.

function cellsAfter(data, edits) {
  const dayOf = new Map(data.days.map((day, k) => [day.date, k]));
  const numberOf = new Map(data.options.map((option, number) => [option.key, number]));
  const changed = new Map();
  const at = (who, k) => changed.get(who + "|" + k) ?? data.cells[who][k];
  const put = (who, k, fields) => changed.set(who + "|" + k, { ...at(who, k), ...fields });

  for (const edit of edits) {
    const who = edit.staff_id;
    const k = dayOf.get(edit.date);
    if (edit.kind === "undo" || k === undefined || !data.cells[who]) continue;
    const cell = at(who, k);
    if (edit.kind === "lock" || edit.kind === "unlock") {
      put(who, k, { l: edit.kind === "lock" ? 1 : 0 });
    } else if (cell.l) {
      continue;
    } else if (edit.kind === "set") {
      const number = numberOf.get(edit.option);
      const slot = data.options[number].slot;
      put(who, k, { d: [...cell.d.filter((n) => data.options[n].slot !== slot), number].sort((a, b) => a - b) });
    } else if (edit.kind === "clear") {
      const number = numberOf.get(edit.option);
      put(who, k, { d: edit.option ? cell.d.filter((n) => n !== number) : [] });
    } else if (edit.kind === "swap") {
      const other = edit.other_staff_id;
      const day = dayOf.get(edit.other_date);
      const there = at(other, day);
      if (there.l || !offersAll(data, cell.d, there) || !offersAll(data, there.d, cell)) continue;
      put(who, k, { d: there.d });
      put(other, day, { d: cell.d });
    }
  }
  return at;
}

function offersAll(data, numbers, cell) {
  const offered = data.offers[cell.o];
  return numbers.every((number) => offered.includes(number));
}

// The edit that gives the next of the cell's options: after the last one a day off.
function nextOption(data, cell) {
  const offered = data.offers[cell.o];
  if (!offered.length) return null;
  const held = offered.findIndex((number) => cell.d.includes(number));
  const next = offered[held + 1];
  return next === undefined ? { kind: "clear", option: "" } : { kind: "set", option: data.options[next].key };
}
