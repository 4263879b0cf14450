"use strict";
(function () {
  var table = document.getElementById("submissions-table");
  if (!table) { return; }
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var search = document.getElementById("search");
  var outcome = document.getElementById("outcome");
  var said = document.getElementById("said");
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  document.documentElement.classList.add("scripted");

  function key(row, column) {
    var cell = row.cells[column];
    return cell.hasAttribute("data-value") ? cell.getAttribute("data-value") : cell.textContent.trim();
  }

  function compare(a, b, numeric) {
    if (!numeric) { return collator.compare(a, b); }
    var x = a === "" ? -Infinity : Number(a);
    var y = b === "" ? -Infinity : Number(b);
    return x === y ? 0 : x < y ? -1 : 1;
  }

  function sort(head) {
    var column = head.cellIndex;
    var down = head.getAttribute("aria-sort") === "ascending";
    var numeric = head.classList.contains("money");
    Array.prototype.forEach.call(head.parentNode.cells, function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort(function (a, b) { return (down ? -1 : 1) * compare(key(a, column), key(b, column), numeric); });
    rows.forEach(function (row) { body.appendChild(row); });
  }

  function filter() {
    var words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row) {
      var text = row.textContent.normalize("NFKC").toLowerCase();
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
      row.hidden = !(fits && (!outcome.value || row.getAttribute("data-outcome") === outcome.value));
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = "显示 " + shown + " 份，共 " + rows.length + " 份";
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head) {
    var button = head.querySelector("button");
    if (button) { button.addEventListener("click", function () { sort(head); }); }
  });
  search.addEventListener("input", filter);
  outcome.addEventListener("change", filter);
  filter();
}());
